using System.IO.Pipelines;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Flight;
using Apache.Arrow.Flight.Server;
using Apache.Arrow.Ipc;
using Grpc.Core;
using Innovation1551.Models;
using Innovation1551.Service.Workers;

namespace Innovation1551.Service.Endpoints;

/// <summary>
/// Statements over Arrow Flight, as everywhere else under the same keys, limits and audit. A descriptor is a command (SQL, or the JSON that
/// <c>POST /v1/sql</c> takes) or a path (schema and table).
/// </summary>
internal sealed class FlightStatements(Statements statements, FlightTickets tickets) : FlightServer
{
    private const string Tables = """
        select 'published' as s, table_name as t from duckdb_tables() where schema_name = 'published'
        union all select 'published', view_name from duckdb_views() where schema_name = 'published' order by 2
        """;

    public override Task<Schema> GetSchema(FlightDescriptor request, ServerCallContext context) => Told(async () => await Described(Asked(request), context));

    public override Task<FlightInfo> GetFlightInfo(FlightDescriptor request, ServerCallContext context) => Told(() => Info(request, context));

    /// <summary>The tables of schema published; each is asked for by its path.</summary>
    public override Task ListFlights(FlightCriteria request, IAsyncStreamWriter<FlightInfo> responseStream, ServerCallContext context) =>
        Told(async () =>
        {
            var names = new List<string>();
            await Read(
                new(Tables),
                context,
                schemaOnly: false,
                _ => Task.CompletedTask,
                batch =>
                {
                    var column = (StringArray)batch.Column(1);
                    names.AddRange(Enumerable.Range(0, batch.Length).Select(i => column.GetString(i)));
                    return Task.CompletedTask;
                }
            );
            foreach (var name in names)
                await responseStream.WriteAsync(await Info(FlightDescriptor.CreatePathDescriptor("published", name), context));
            return true;
        });

    public override Task DoGet(FlightTicket ticket, FlightServerRecordBatchStreamWriter responseStream, ServerCallContext context) =>
        Told(async () =>
        {
            var request =
                tickets.Take(ticket.Ticket.Span, Caller.Of(context.GetHttpContext()).Id)
                ?? throw new RequestException(403, "ticket", new("票据无效、过期或属于他人", "the ticket is not valid, too old, or another's"));
            await Read(request, context, schemaOnly: false, responseStream.SetupStream, responseStream.WriteAsync);
            return true;
        });

    private async Task<FlightInfo> Info(FlightDescriptor descriptor, ServerCallContext context)
    {
        var asked = Asked(descriptor);
        // What the schema is told of is what the ticket gives, whatever is published meanwhile.
        asked = asked with
        {
            Release = statements.Release(asked.Release ?? "latest"),
        };
        var ticket = new FlightTicket(tickets.Give(asked, Caller.Of(context.GetHttpContext()).Id));
        return new(await Described(asked, context), descriptor, [new FlightEndpoint(ticket, [])], -1, -1);
    }

    private async Task<Schema> Described(StatementRequest request, ServerCallContext context)
    {
        Schema? schema = null;
        await Read(
            request,
            context,
            schemaOnly: true,
            s =>
            {
                schema = s;
                return Task.CompletedTask;
            },
            _ => Task.CompletedTask
        );
        return schema!;
    }

    private static StatementRequest Asked(FlightDescriptor descriptor)
    {
        if (descriptor.Type == FlightDescriptorType.Path)
            return descriptor.Paths.ToList() is [var schema, var table]
                ? new($"from {Sql.Name(schema)}.{Sql.Name(table)}")
                : throw new RequestException(400, "usage", new("路径应为模式和表名", "a path is a schema and a table"));
        var command = descriptor.Command.ToStringUtf8();
        try
        {
            return command.TrimStart().StartsWith('{') ? StatementRequest.Parse(descriptor.Command.Span) : new(command);
        }
        catch (JsonException e)
        {
            throw StatementRequest.Unreadable(e);
        }
    }

    /// <summary>Runs a statement and hands on its schema and its batches as they come.</summary>
    private async Task Read(StatementRequest request, ServerCallContext context, bool schemaOnly, Func<Schema, Task> begin, Func<RecordBatch, Task> next)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4 << 20, resumeWriterThreshold: 2 << 20));
        var sink = new PipeSink(pipe.Writer);
        var running = Run();
        try
        {
            using var reader = new ArrowStreamReader(pipe.Reader.AsStream());
            // An answer that never began has no schema: what went wrong is told below.
            if (await Begun(pipe.Reader))
            {
                var batch = await reader.ReadNextRecordBatchAsync(context.CancellationToken);
                await begin(reader.Schema);
                for (; batch is not null; batch = await reader.ReadNextRecordBatchAsync(context.CancellationToken))
                    using (batch)
                        await next(batch);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException && !context.CancellationToken.IsCancellationRequested)
        {
            // The stream broke off: so it does when the statement fails in the middle, and the outcome says why.
            await pipe.Reader.CompleteAsync();
            await Outcome();
            throw;
        }
        await pipe.Reader.CompleteAsync();
        await Outcome();

        async Task<AnswerOutcome> Run()
        {
            try
            {
                return await statements.Run(context.GetHttpContext(), request, "arrows", sink, () => sink.Bytes, schemaOnly);
            }
            finally
            {
                await pipe.Writer.CompleteAsync();
            }
        }

        async Task Outcome()
        {
            var outcome = await running;
            if (outcome.Outcome != "done")
                throw statements.Refusal(outcome);
        }
    }

    /// <summary>Waits for the first byte; false where none came.</summary>
    private static async Task<bool> Begun(PipeReader reader)
    {
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.Start);
        return !read.Buffer.IsEmpty;
    }

    /// <summary>What went wrong, as gRPC tells it.</summary>
    private static async Task<T> Told<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (RequestException e)
        {
            var status = e.Status switch
            {
                400 or 413 => StatusCode.InvalidArgument,
                403 => StatusCode.PermissionDenied,
                404 => StatusCode.NotFound,
                499 => StatusCode.Cancelled,
                503 => StatusCode.Unavailable,
                504 => StatusCode.DeadlineExceeded,
                _ => StatusCode.Internal,
            };
            throw new RpcException(new Status(status, e.Problem.ToString()));
        }
    }

    private sealed class PipeSink(PipeWriter writer) : IAnswerSink
    {
        public long Bytes { get; private set; }

        public Task Head(AnswerHead head) => Task.CompletedTask;

        public async Task Data(ReadOnlyMemory<byte> bytes, CancellationToken stop)
        {
            Bytes += bytes.Length;
            if ((await writer.WriteAsync(bytes, stop)).IsCompleted)
                throw new IOException("whoever asked reads no more");
        }
    }
}
