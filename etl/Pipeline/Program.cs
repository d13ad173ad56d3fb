using System.Text;
using Innovation1551.Pipeline.Verbs;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading.Child;

// Started by ourselves to parse one hostile file: nothing else of the program is wanted then.
if (args is [ChildReader.Verb, ..]) return ChildReader.Main(args);

// Started by ourselves to look at a finished release with nothing of the build left in memory.
if (args is [ReleaseCheck.Verb, ..]) return ReleaseCheck.Run(args);

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.Run(args);
