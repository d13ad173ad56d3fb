using Innovation1551.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks [-- NAME …] [--short]
var scale = args.Contains("--short") ? Scale.Short : Scale.Full;
var wanted = args.Where(a => !a.StartsWith('-')).ToHashSet(StringComparer.OrdinalIgnoreCase);
Console.WriteLine("| what | ours | against | ratio | goal | peak MB |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var (name, measure) in wanted.Count == 0 ? Benchmarks.All : Benchmarks.All.Concat(Benchmarks.OnDemand).Where(b => wanted.Contains(b.Name)))
foreach (var line in measure(scale))
    Console.WriteLine(line);
