/** One field of a protobuf message: a number, 8 or 4 raw bytes, or a byte string. */
export interface Field {
  number: number;
  value: bigint | Buffer;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Reads the fields of a protobuf message in their order. @throws RangeError for bytes that are not a message. */
export function* readFields(message: Buffer): Generator<Field> {
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message.readUInt8(offset);
      offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a protobuf number does not end');
  };
  const bytes = (length: number): Buffer => {
    if (offset + length > message.length) throw new RangeError('a protobuf field is longer than its message');
    offset += length;
    return message.subarray(offset - length, offset);
  };
  while (offset < message.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    const type = Number(tag & 7n);
    if (type === VARINT) yield { number, value: varint() };
    else if (type === FIXED64) yield { number, value: bytes(8) };
    else if (type === BYTES) yield { number, value: bytes(Number(varint())) };
    else if (type === FIXED32) yield { number, value: bytes(4) };
    else throw new RangeError(`protobuf field ${number} has the unknown type ${type}`);
  }
}
