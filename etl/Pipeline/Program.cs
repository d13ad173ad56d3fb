using System.Runtime.InteropServices;
using System.Text;
using Innovation1551.Pipeline.Verbs;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading.Child;
using Innovation1551.Service.Workers;

// What everybody begins with needs nothing of the program but its text, unless that has to fit a screen.
if (args is ["--help" or "-h" or "-?"] && Console.IsOutputRedirected)
    return HelpText.Show();

// Started by ourselves to parse one hostile file: nothing else of the program is wanted then.
if (args is [ChildReader.Verb, ..])
    return ChildReader.Main(args);

// Started by ourselves to look at a finished release with nothing of the build left in memory.
if (args is [ReleaseCheck.Verb, ..])
    return ReleaseCheck.Run(args);

// Started by the service to run the statements of one session.
if (args is [QueryWorker.Verb, ..])
    return QueryWorker.Run(args);

// Started by the service to write down what was run and asked, for an administrator's session.
if (args is [QueryWorker.SnapshotVerb, _, _])
    return QueryWorker.Write(args);

// Beyond a limit on the size of files (ulimit -f) a write shall fail, which is told, and no signal (SIGXFSZ) end the process.
using var sizeLimit = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)25, signal => signal.Cancel = true);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.Run(args);
