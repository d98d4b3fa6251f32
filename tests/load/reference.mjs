// The reference for live fan-out: the plainest server that Socket.IO's own library makes. node reference.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { perMessageDeflate: false });
io.on("connection", (client) => {
  client.on("join", async (room) => {
    await client.join(room);
    client.emit("joined", room);
  });
  client.on("say", (words) => io.to(words.room).emit("said", words));
});
http.listen(Number(process.argv[2]), "127.0.0.1", 4096);
