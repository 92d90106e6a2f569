import { subscribe } from 'node:diagnostics_channel';

/** Called right before a request's first byte is written. */
type OnSend = () => void;

// Keyed by the body's Buffer: each attempt sends a copy of its own, so two attempts with the same bytes cannot be
// confused.
const watched = new WeakMap<object, OnSend>();
let listening = false;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const partOf = (message: unknown, name: string): unknown =>
  isObject(message) ? (Reflect.get(message, name) as unknown) : undefined;

// undici documents the channel's name.
function listen(): void {
  if (listening) return;
  listening = true;
  subscribe('undici:client:sendHeaders', (message) => {
    const body = partOf(partOf(message, 'request'), 'body');
    const onSend = isObject(body) ? watched.get(body) : undefined;
    onSend?.();
  });
}

/** Calls back when a request with exactly this Buffer as its body starts to be written. */
export function watchSending(wireBody: Buffer, onSend: OnSend): void {
  listen();
  watched.set(wireBody, onSend);
}
