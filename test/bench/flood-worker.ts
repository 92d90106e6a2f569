import { createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

// A printer in a thread of its own that says one byte without an end, from the first moment on.

const piece = Buffer.alloc(65_536, 0xff);

const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.resume();
  const more = () => {
    if (socket.writable) socket.write(piece, more);
  };
  more();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  parentPort?.postMessage(typeof address === 'object' ? address?.port : null);
});
