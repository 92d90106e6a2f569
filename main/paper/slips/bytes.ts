/** Writes facts compactly one after the other. */
export interface ByteWriter {
  byte(value: number): void;
  raw(bytes: Buffer): void;
  /** A signed integer of any size. */
  integer(value: bigint): void;
  text(value: string): void;
  bytes(): Buffer;
}

export function createByteWriter(): ByteWriter {
  const parts: Buffer[] = [];
  const raw = (bytes: Buffer) => void parts.push(bytes);
  const byte = (value: number) => raw(Buffer.of(value));
  const integer = (value: bigint) => {
    // Zigzag varint: sign in the lowest bit, then seven bits a byte, lowest first.
    let rest = value < 0n ? -value * 2n - 1n : value * 2n;
    while (rest >= 128n) {
      byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    byte(Number(rest));
  };
  return {
    byte,
    raw,
    integer,
    text: (value) => {
      const bytes = Buffer.from(value, 'utf8');
      integer(BigInt(bytes.length));
      raw(bytes);
    },
    bytes: () => Buffer.concat(parts),
  };
}

/** Throws a RangeError where the bytes end too early. */
export interface ByteReader {
  byte(): number;
  raw(length: number): Buffer;
  integer(): bigint;
  text(): string;
  isAtEnd(): boolean;
}

/** An upper bound for our integers. */
const MOST_BITS = 77n;

export function createByteReader(bytes: Buffer): ByteReader {
  let at = 0;
  const raw = (length: number): Buffer => {
    if (length < 0 || at + length > bytes.length) throw new RangeError('the bytes end too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const byte = () => raw(1).readUInt8(0);
  const integer = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < MOST_BITS; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 127) << shift;
      if (next < 128) return value % 2n === 0n ? value / 2n : -(value + 1n) / 2n;
    }
    throw new RangeError('an integer without end');
  };
  return {
    byte,
    raw,
    integer,
    text: () => raw(Number(integer())).toString('utf8'),
    isAtEnd: () => at === bytes.length,
  };
}
