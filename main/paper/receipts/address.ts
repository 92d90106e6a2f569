/** A network printer's address. */
export interface PrinterAddress {
  readonly host: string;
  readonly port: number;
}

/** The usual port of receipt printers. */
export const PRINTER_PORT = 9100;

const written = /^(?:\[([0-9a-f:]+)\]|([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?))(?::(\d{1,5}))?$/i;

/** Parses `192.168.1.50`, `printer.local:9101` or `[fe80::1]:9100`; null for anything else. */
export function readAddress(typed: string): PrinterAddress | null {
  const [, six, host = six, port] = written.exec(typed.trim()) ?? [];
  const number = port === undefined ? PRINTER_PORT : Number(port);
  return host === undefined || number < 1 || number > 65_535 ? null : { host, port: number };
}
