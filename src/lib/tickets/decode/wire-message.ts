import { PbfReader } from 'pbf'

import { UsageError } from '../../errors.ts'

const varint = 0
const lengthDelimited = 2

interface WireField {
  readonly number: number
  readonly value: Uint8Array | bigint
  /** Where in the whole it is. */
  readonly byte: number
}

/** A protobuf message whose fields are each held against its end, which pbf leaves to its callers. */
export class WireMessage {
  readonly #name: string
  readonly #start: number
  readonly #fields: readonly WireField[]

  /**
   * @param name of what it is, for errors
   * @param start where in the whole it begins
   * @throws {UsageError} PAYMENT_INVALID
   */
  constructor(bytes: Uint8Array, name: string, start = 0) {
    this.#name = name
    this.#start = start
    this.#fields = [...readFields(bytes, name, start)]
  }

  /** The messages of a repeated field. */
  messages(number: number, name: string): WireMessage[] {
    return this.#fields
      .filter((field) => field.number === number)
      .map(({ value, byte }, index) => {
        const path = `${name}[${String(index)}]`
        if (typeof value === 'bigint') throw damaged(path, byte, 'is no message')
        return new WireMessage(value, path, byte)
      })
  }

  message(number: number, name: string): WireMessage | undefined {
    const field = this.#only(number, name)
    if (field === undefined) return undefined
    if (typeof field.value === 'bigint') throw damaged(name, field.byte, 'is no message')
    return new WireMessage(field.value, name, field.byte)
  }

  /** Bytes of one length. */
  bytes(number: number, name: string, size: number): Uint8Array {
    const { value, byte } = this.#bytes(number, name)
    if (value.length !== size) throw damaged(this.#path(name), byte, `is not ${String(size)} bytes`)
    return value
  }

  /** An integer as big-endian bytes, none for zero. */
  bigEndian(number: number, name: string): bigint {
    const { value, byte } = this.#bytes(number, name)
    if (value.length > 32) throw damaged(this.#path(name), byte, 'has more than 256 bits')
    return BigInt(`0x${Buffer.from(value).toString('hex') || '0'}`)
  }

  /** A whole number that is not negative; zero when it is absent. */
  unsigned(number: number, name: string, bits: 32 | 63): bigint {
    const field = this.#only(number, name)
    if (field === undefined) return 0n
    if (typeof field.value !== 'bigint') throw damaged(this.#path(name), field.byte, 'is no number')
    if (field.value >> BigInt(bits) !== 0n) throw damaged(this.#path(name), field.byte, 'is out of range')
    return field.value
  }

  #bytes(number: number, name: string): { value: Uint8Array; byte: number } {
    const field = this.#only(number, name)
    if (field === undefined) return { value: new Uint8Array(0), byte: this.#start }
    const { value, byte } = field
    if (typeof value === 'bigint') throw damaged(this.#path(name), byte, 'is not bytes')
    return { value, byte }
  }

  #only(number: number, name: string): WireField | undefined {
    const [field, again] = this.#fields.filter((one) => one.number === number)
    if (again !== undefined) throw damaged(this.#path(name), again.byte, 'is there twice')
    return field
  }

  #path(name: string): string {
    return `${this.#name}.${name}`
  }
}

function* readFields(bytes: Uint8Array, name: string, start: number): Generator<WireField> {
  const reader = new PbfReader(bytes)
  while (reader.pos < bytes.length) {
    const begin = start + reader.pos
    const field = readField(reader)
    if (field === undefined || reader.pos > bytes.length) throw damaged(name, begin, 'is damaged')
    const { number, value } = field
    const length = typeof value === 'object' ? value.length : 0
    if (value !== undefined) yield { number, value, byte: length > 0 ? start + reader.pos - length : begin }
  }
}

/** Undefined for what is no field. One of a fixed size, which no payment has, is without a value. */
function readField(
  reader: PbfReader,
): { number: number; value: Uint8Array | bigint | undefined } | undefined {
  try {
    const number = reader.nextField()
    if (number === 0) return undefined
    if (reader.type === lengthDelimited) return { number, value: reader.readBytes() }
    const begin = reader.pos
    reader.skip(reader.type)
    const isVarint = reader.type === varint
    return { number, value: isVarint ? readVarint(reader.buf.subarray(begin, reader.pos)) : undefined }
  } catch {
    // pbf knows neither groups nor numbers of more than ten bytes.
    return undefined
  }
}

/** All 64 bits, of which pbf keeps 53. */
function readVarint(bytes: Uint8Array): bigint {
  if (bytes.length > 10) throw new RangeError('a varint of more than ten bytes')
  return bytes.reduceRight((value, byte) => (value << 7n) | BigInt(byte & 0x7f), 0n)
}

function damaged(name: string, byte: number, why: string): UsageError {
  return new UsageError('PAYMENT_INVALID', `this is no payment: ${name} ${why}, at byte ${String(byte)}`, {
    details: { field: name, byte },
  })
}
