import { once } from 'node:events';
import { expect, it } from 'vitest';
import { documentReply } from './support/increment.ts';
import { httpReply, openRawServer } from './support/raw-server.ts';
import { openWire } from './support/wire.ts';

// Waits for the real close, about two seconds: undici keeps its own time here.
it('a slot’s idle connection is closed by us, however long the server would keep it', async () => {
  const answer = httpReply(200, documentReply, { Connection: 'keep-alive', 'Keep-Alive': 'timeout=600' });
  const server = await openRawServer(({ socket }) => socket.write(answer));
  const wire = openWire();
  expect(await wire.send(server.baseUrl, { connection: 0 })).toMatchObject({ phase: 'answered' });
  const socket = server.requests[0]?.socket;
  if (socket !== undefined) await once(socket, 'close');
  expect(await wire.send(server.baseUrl, { connection: 0 })).toMatchObject({ reusedSocket: false });
  await wire.transport.close();
  await server.close();
});
