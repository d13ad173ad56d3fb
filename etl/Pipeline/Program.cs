using Innovation1551.Returns.Reading.Child;

// Started by ourselves to parse one hostile file: nothing else of the program is wanted then.
if (args is [ChildReader.Verb, ..]) return ChildReader.Main(args);
return 0;
