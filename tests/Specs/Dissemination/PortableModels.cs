using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Dissemination;

/// <summary>
/// The models that the metrics are made by, run in another engine over the tables that were published there: all of them, and each gives the rows that the release
/// has. <see cref="PortableWordSpecs"/> says what to write instead of a word that an engine lacks.
/// </summary>
internal static class PortableModels
{
    /// <param name="ask">Runs a query in the engine.</param>
    /// <param name="isRefused">That the engine does not know what was asked.</param>
    public static void Demand(TestWorkspace workspace, Manifest release, Func<string, IEnumerable<object?[]>> ask, Func<Exception, bool> isRefused)
    {
        var (rows, models, faults) = (0, 0, new List<string>());
        foreach (var (path, text) in WarehouseSketch.Definitions.Under("metric"))
        {
            var model = Model.Parse(path, text);
            var wanted = PortableRecipes.Texts(workspace.Query($"from {model.Relation}", release));
            try
            {
                var found = PortableRecipes.Texts(ask(model.Query));
                if (!found.SequenceEqual(wanted))
                    faults.Add(
                        $"{path} gives {found.Count} rows for {wanted.Count}: {found.Except(wanted).FirstOrDefault()} for {wanted.Except(found).FirstOrDefault()}"
                    );
            }
            catch (Exception e) when (isRefused(e))
            {
                faults.Add($"{path} is not understood: {e.Message}");
            }
            (rows, models) = (rows + wanted.Count, models + (wanted.Count > 0 ? 1 : 0));
        }
        Assert.Empty(faults);
        Assert.True(rows > 50 && models > 5, $"only {rows} rows of {models} models were compared");
    }
}
