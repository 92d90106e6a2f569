import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../kernel/ports.ts';
import { watchSending } from './phase.ts';
import type { UndiciPart } from './undici-part.ts';

const proofDeadlineMs = 5_000;

/**
 * Proves against a loopback server of our own that undici reports when it starts to write a request, before the
 * server receives anything. False where it does not, or no loopback server can be had: every attempt then counts as
 * sent, which is always safe.
 */
export async function provePhaseEvent(
  undici: Pick<UndiciPart, 'Agent' | 'request'>,
  clock: Clock,
): Promise<boolean> {
  const body = Buffer.from('{"proof":true}', 'utf8');
  let fired = false;
  let firedBeforeArrival = false;
  watchSending(body, () => {
    fired = true;
  });
  const server = createServer((_, response) => {
    firedBeforeArrival = fired;
    response.end();
  });
  const agent = new undici.Agent({ pipelining: 0 });
  const deadline = new AbortController();
  const forget = clock.schedule(proofDeadlineMs, () => deadline.abort());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const response = await undici.request(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body,
      dispatcher: agent,
      signal: deadline.signal,
    });
    for await (const _ of response.body);
    return firedBeforeArrival;
  } catch {
    return false;
  } finally {
    forget();
    server.closeAllConnections();
    server.close();
    await agent.destroy().catch(() => undefined);
  }
}
