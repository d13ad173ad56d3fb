namespace Innovation1551.Returns.Forms;

/// <summary>An enterprise for which a template has rows.</summary>
public sealed record TemplateUnit(string Code, string Name);
