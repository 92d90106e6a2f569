/** Where a network printer listens. */
export interface PrinterAddress {
  readonly host: string;
  readonly port: number;
}

/** What nearly every receipt printer listens on. */
export const PRINTER_PORT = 9100;

const written = /^(?:\[([0-9a-f:]+)\]|([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?))(?::(\d{1,5}))?$/i;

/** `192.168.1.50`, `printer.local:9101`, `[fe80::1]:9100`; null where it is none of these. */
export function readAddress(typed: string): PrinterAddress | null {
  const [, six, host = six, port] = written.exec(typed.trim()) ?? [];
  const number = port === undefined ? PRINTER_PORT : Number(port);
  return host === undefined || number < 1 || number > 65_535 ? null : { host, port: number };
}
