namespace Innovation1551.Models;

/// <summary>The two languages in which people read this system.</summary>
public enum Language
{
    Zh,
    En,
}

/// <summary>One message or label in Chinese and in English. Both are always present.</summary>
public sealed record Text(string Zh, string En)
{
    /// <summary>What reads alike in both languages: a number, a code, a name.</summary>
    public static Text Same(string text) => new(text, text);

    public string In(Language language) => language == Language.Zh ? Zh : En;

    public override string ToString() => $"{Zh} / {En}";
}
