import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../kernel/ports.ts';
import type { CallLog } from './call-log.ts';
import { deliver, deliverWith, honestReply, type Line, replacedReply } from './delivery.ts';
import { type FaultQueue, lieOf, staysOutside } from './faults.ts';
import { answerRequest, type HostAnswer, webRefusal } from './host.ts';
import type { Host } from './host-now.ts';
import type { Arrival } from './listener.ts';
import { type ReceivedRequest, routeOf, signatureIsValid } from './request.ts';
import type { Fault, HostProfile } from './types.ts';

export interface ExchangeParts {
  readonly clock: Clock;
  readonly appKey: string;
  readonly prefix: string;
  readonly log: CallLog;
  readonly faults: FaultQueue;
  readonly profile: () => HostProfile;
  /** The host at this moment; counts the call against the day's quota where it reaches the business logic. */
  hostNow(counts: boolean): Host;
  /** Called after an increment was applied: true loses its reply, and uses the switch up. */
  takeLostReply(): boolean;
  /** Cancelled when the store closes. */
  schedule(delayMs: number, action: () => void): void;
}

const incrementMethod = 'updateBalancePointByIncrement';

function receive(request: IncomingMessage, body: Buffer): ReceivedRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    verb: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
    headers: Object.fromEntries(headers),
    body,
  };
}

/** Where a path names no call, its last part stands for the method. */
const methodOf = (path: string, prefix: string): string =>
  routeOf(path, prefix)?.method ?? path.split('/').at(-1) ?? '';

/** Processes one request from arrival to the sender's reply. */
export function carryOut(parts: ExchangeParts, arrival: Arrival): void {
  const request = receive(arrival.request, arrival.body);
  const method = methodOf(request.path, parts.prefix);
  const fault = parts.faults.take(method);
  const number = parts.log.nextNumber();
  const signatureValid = signatureIsValid(request, parts.appKey);
  const line: Line = { request: arrival.request, response: arrival.response, clock: parts.clock };
  parts.log.arrive({
    number,
    atMs: parts.clock.nowMs(),
    method,
    headers: request.headers,
    body: arrival.body.toString('utf8'),
    signatureValid,
    applied: false,
    fault: fault?.kind ?? null,
    connection: arrival.connection,
  });

  const decide = (): void => {
    const answer = ask(parts, request, { number, signatureValid, lie: lieOf(fault) });
    const applied = answer.kind === 'business' && answer.answer.ok && answer.answer.applied;
    if (applied) parts.log.markApplied(number);
    const lost = method === incrementMethod && applied && fault === null && parts.takeLostReply();
    const reply = honestReply(answer, parts.profile(), request.headers['accept-encoding'] ?? '');
    finish(parts, line, lost ? { kind: 'drop', when: 'after' } : fault, reply);
    parts.log.announce(number);
  };

  if (fault !== null && staysOutside(fault)) {
    finish(parts, line, fault, { status: 200, headers: {}, body: Buffer.alloc(0) });
    parts.log.announce(number);
    return;
  }
  if (fault?.kind === 'delay' && fault.when === 'before') {
    // Continues even if the sender hangs up: a request can arrive long after that.
    parts.schedule(fault.delayMs, decide);
    parts.log.announce(number);
    return;
  }
  decide();
}

function ask(
  parts: ExchangeParts,
  request: ReceivedRequest,
  call: Parameters<typeof answerRequest>[2],
): HostAnswer {
  try {
    return answerRequest(parts.hostNow(webRefusal(request, parts.prefix) === null), request, call);
  } catch (error) {
    // Only the ledger's file can fail here, and then nothing was applied.
    return { kind: 'web', status: 500, words: String(error) };
  }
}

function finish(
  parts: ExchangeParts,
  line: Line,
  fault: Fault | null,
  honest: Parameters<typeof deliver>[1],
): void {
  if (fault === null) {
    deliver(line, honest);
    return;
  }
  const reply = replacedReply(fault, parts.profile()) ?? honest;
  if (fault.kind === 'delay' && fault.when === 'after') {
    parts.schedule(fault.delayMs, () => deliver(line, reply));
    return;
  }
  deliverWith(fault, line, reply);
}
