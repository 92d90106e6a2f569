import { subscribe } from 'node:diagnostics_channel';

/** Called right before the first byte of a request is written, with the socket it goes out on. */
type OnSend = (reusedSocket: boolean) => void;

// By the identity of the body's Buffer: each attempt sends a copy of its own, so two attempts with the same
// stored bytes cannot be taken for each other.
const watched = new WeakMap<object, OnSend>();
const usedSockets = new WeakSet<object>();
let listening = false;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const partOf = (message: unknown, name: string): unknown =>
  isObject(message) ? (Reflect.get(message, name) as unknown) : undefined;

// The channel's name is undici's documented one.
function listen(): void {
  if (listening) return;
  listening = true;
  subscribe('undici:client:sendHeaders', (message) => {
    const body = partOf(partOf(message, 'request'), 'body');
    const onSend = isObject(body) ? watched.get(body) : undefined;
    if (onSend === undefined) return;
    const socket = partOf(message, 'socket');
    const reused = isObject(socket) && usedSockets.has(socket);
    if (isObject(socket)) usedSockets.add(socket);
    onSend(reused);
  });
}

/** Hears when a request with this very Buffer as its body starts to be written. */
export function watchSending(wireBody: Buffer, onSend: OnSend): void {
  listen();
  watched.set(wireBody, onSend);
}
