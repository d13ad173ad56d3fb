// ClickHouse as npm's chdb embeds it, behind HTTP on loopback as a server speaks it: one question at a time. node chdb_bridge.cjs FOLDER DATA
const http = require("http");
const { Session } = require(require("path").join(process.argv[2], "node_modules", "chdb"));
const session = new Session(process.argv[3]);
const server = http.createServer((request, answer) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const query = new URL(request.url, "http://localhost").searchParams.get("query");
    const body = Buffer.concat(parts).toString("utf8");
    try {
      // A server takes no rows for an answer; what is embedded does not.
      if (query !== null && body.length === 0) return answer.end();
      answer.end(session.query(query === null ? body : query + "\n" + body, "TabSeparated"));
    } catch (e) {
      answer.statusCode = 500;
      answer.end(String(e.message));
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
