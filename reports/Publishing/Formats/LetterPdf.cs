using System.Text;
using Innovation1551.Models;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Pages;
using Innovation1551.Publishing.Typesetting;

namespace Innovation1551.Publishing.Formats;

/// <summary>A covering letter as a PDF: to be read and agreed on; the Word file is the one to be filled in.</summary>
internal sealed class LetterPdf : IReportFormat
{
    public string Name => "pdf";

    public Text? Missing => Typesetter.Missing;

    public byte[] Write(ReportDocument document, Language language)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["/letter.typ"] = Encoding.UTF8.GetBytes(Asset.Embedded("letter.typ").Content) };
        var source = Source(document, document.Blocks.OfType<LetterSheet>().Single(), language);
        return Typesetter.Pdf(source, files, TypesetFonts.For(source, files.Values));
    }

    private static string Source(ReportDocument document, LetterSheet letter, Language language)
    {
        var chinese = language == Language.Zh;
        return $"""
            #import "/letter.typ": *
            #letter(
              lang: {(chinese ? "\"zh\"" : "\"en\"")},
              region: {(chinese ? "\"cn\"" : "\"gb\"")},
              size: {(chinese ? "16pt" : "11.5pt")},
              indent: {(chinese ? "2em" : "0pt")},
              stamp: {TypstText.Shown(document.Stamp.In(language))},
              issuer: {Content(letter.Issuer)},
              number: {Content(letter.Number)},
              title: {TypstText.Shown(document.Title.In(language))},
              addressee: {Content(letter.Addressee)},
              body: ({string.Concat(letter.Body.Select(p => Content(p) + ", "))}),
              attached: {TypstText.Shown(LetterDocx.Attached.In(language))},
              attachments: ({string.Concat(letter.Attachments.Select(p => Content(p) + ", "))}),
              day: {Content(letter.Day)},
            )
            """;

        string Content(Phrase phrase) =>
            $"[{string.Concat(phrase.Select(r => r.Text.In(language) is { Length: > 0 } said ? r.Style == Style.Blank ? $"#blank({TypstText.Shown(said)})" : "#" + TypstText.Shown(said) : ""))}]";
    }
}
