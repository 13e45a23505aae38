import { formatRational, rational } from '../../src/lib/pm/rational.ts'
import { formatGoRational } from './go-rational.ts'
import { autoConvert, readUnitPrice } from './node-state.ts'
import type { NodeFlags, NodeMemory } from './node-state.ts'

export interface NodeReply {
  readonly status: number
  readonly body: string | Buffer
  readonly json?: boolean
}

export interface NodeCall {
  readonly flags: NodeFlags
  readonly memory: NodeMemory
  /** Go's `FormValue`: empty when absent. */
  readonly form: (name: string) => string
}

interface Handler {
  /** Without any of them: 400. */
  readonly params?: readonly string[]
  readonly needsClient?: boolean
  readonly handle: (call: NodeCall) => NodeReply
}

const pipelines: ReadonlySet<string> = new Set([
  'text-to-image',
  'image-to-image',
  'image-to-video',
  'upscale',
  'audio-to-text',
  'segment-anything-2',
  'llm',
  'image-to-text',
  'live-video-to-video',
  'text-to-speech',
])

/** The endpoints of go-livepeer's `-cliAddr` that this project speaks to, or reads of, with their exact texts. */
export const handlers: Readonly<Record<string, Handler>> = {
  '/status': {
    handle: ({ flags, memory }) =>
      json({
        Manifests: {},
        InternalManifests: {},
        StreamInfo: {},
        OrchestratorPool: [],
        OrchestratorPoolInfos: null,
        Version: flags.version,
        GolangRuntimeVersion: 'go1.23.2',
        GOArch: 'amd64',
        GOOS: 'linux',
        RegisteredTranscodersNumber: 0,
        RegisteredTranscoders: [],
        LocalTranscoding: true,
        BroadcasterPrices: Object.fromEntries(
          [...memory.prices].map(([address, price]) => [address, formatGoRational(price)]),
        ),
      }),
  },
  '/IsOrchestrator': { handle: ({ flags }) => ok(String(flags.kind === 'orchestrator')) },
  '/IsRedeemer': { handle: ({ flags }) => ok(String(flags.kind === 'redeemer')) },
  '/EthChainID': { handle: ({ flags }) => ok(String(flags.onChain ? flags.chainId : 0n)) },
  '/ethAddr': { needsClient: true, handle: ({ flags }) => ok(flags.address) },
  '/ethBalance': { needsClient: true, handle: () => ok('1000000000000000001') },
  '/currentRound': { needsClient: true, handle: () => ok('3771') },
  '/currentBlock': { handle: () => ({ status: 200, body: Buffer.from('157a8f3c', 'hex') }) },
  '/senderInfo': {
    needsClient: true,
    handle: () => ({
      status: 200,
      body: '{"Deposit":100000000000000000001,"WithdrawRound":0,"Reserve":{"FundsRemaining":360000000000000000007,"ClaimedInCurrentRound":0}}',
      json: true,
    }),
  },
  '/ticketBrokerParams': { needsClient: true, handle: () => json({ UnlockPeriod: 10 }) },
  '/getBroadcastConfig': {
    handle: ({ memory: { maxPrice } }) =>
      json({
        MaxPrice: maxPrice === undefined ? null : formatGoRational(maxPrice),
        TranscodingOptions: 'P240p30fps16x9,P360p30fps16x9',
      }),
  },
  '/setBroadcastConfig': { params: [], handle: setBroadcastConfig },
  '/setMaxPriceForCapability': {
    params: ['maxPricePerUnit', 'pixelsPerUnit', 'currency', 'pipeline', 'modelID'],
    handle: setMaxPriceForCapability,
  },
  '/setPriceForBroadcaster': {
    params: ['pricePerUnit', 'pixelsPerUnit', 'broadcasterEthAddr'],
    handle: setPriceForBroadcaster,
  },
  '/setOrchestratorConfig': { params: [], needsClient: true, handle: setOrchestratorConfig },
  '/setMaxFaceValue': { params: ['maxfacevalue'], handle: setMaxFaceValue },
  '/maxGasPrice': {
    needsClient: true,
    handle: ({ memory }) => ok(memory.maxGasPriceWei === undefined ? '' : String(memory.maxGasPriceWei)),
  },
  '/minGasPrice': { needsClient: true, handle: ({ memory }) => ok(String(memory.minGasPriceWei)) },
  '/setMaxGasPrice': {
    params: ['amount'],
    needsClient: true,
    handle({ flags, memory, form }) {
      const amount = form('amount')
      if (!/^\d+$/.test(amount)) return refuse(`Parsing failed for price: failed to parse ${amount}`)
      // Go writes the error, and then a success that comes too late to change the status.
      if (flags.gasPriceError !== undefined) return { status: 500, body: `${flags.gasPriceError}\n` }
      memory.maxGasPriceWei = amount === '0' ? undefined : BigInt(amount)
      return ok('')
    },
  },
  '/setMinGasPrice': {
    params: ['minGasPrice'],
    needsClient: true,
    handle({ memory, form }) {
      memory.minGasPriceWei = BigInt(form('minGasPrice'))
      return ok('')
    },
  },
}

function setBroadcastConfig({ flags, memory, form }: NodeCall): NodeReply {
  const [price, pixels] = [form('maxPricePerUnit'), form('pixelsPerUnit')]
  const options = form('transcodingOptions')
  if ((price === '' || pixels === '') && options === '') {
    return refuse('missing form params (maxPricePerUnit AND pixelsPerUnit) or transcodingOptions')
  }
  if (price !== '' && pixels !== '') {
    const read = readUnitPrice(price, pixels)
    if ('wrong' in read) return refuse(wrongMaximum(read.wrong, price, pixels))
    if (read.price.numerator <= 0n) memory.maxPrice = undefined
    else {
      const converted = autoConvert(read.price, form('currency'), flags.feed)
      if ('error' in converted) return refuse(`error converting price: ${converted.error}`)
      memory.maxPrice = converted.wei
    }
  }
  return options === '' || options.includes('fps')
    ? ok('')
    : refuse(`invalid transcoding options: ${options}`)
}

function setMaxPriceForCapability({ flags, memory, form }: NodeCall): NodeReply {
  if (flags.kind !== 'gateway') return refuse('Node must be gateway node to set max price per capability')
  if (!pipelines.has(form('pipeline'))) return refuse('pipeline not supported')
  const [price, pixels] = [form('maxPricePerUnit'), form('pixelsPerUnit')]
  const read = readUnitPrice(price, pixels)
  if ('wrong' in read) return refuse(wrongMaximum(read.wrong, price, pixels))
  if (read.price.numerator <= 0n) {
    return refuse(`pricePerPixel needs to be > 0: ${formatRational(read.price, 3)}`)
  }
  const converted = autoConvert(read.price, form('currency'), flags.feed)
  if ('error' in converted) return refuse(`error converting price: ${converted.error}`)
  memory.capabilityPrices.set(`${form('pipeline')}/${form('modelID')}`, converted.wei)
  return ok('')
}

function setPriceForBroadcaster({ flags, memory, form }: NodeCall): NodeReply {
  if (flags.kind !== 'orchestrator') {
    return refuse('Node must be orchestrator node to set price for broadcaster')
  }
  const [price, pixels, address] = [form('pricePerUnit'), form('pixelsPerUnit'), form('broadcasterEthAddr')]
  const error = setPrice({ flags, memory, form }, address)
  if (error !== undefined) return refuse(error)
  return ok(`Price per pixel set to ${price} wei for ${pixels} pixels for broadcaster ${address}\n`)
}

function setOrchestratorConfig(call: NodeCall): NodeReply {
  if (call.form('pricePerUnit') !== '' && call.form('pixelsPerUnit') !== '') {
    const error = setPrice(call, 'default')
    if (error !== undefined) return refuse(error)
  }
  const { transcoderError } = call.flags
  return transcoderError === undefined ? ok('') : { status: 500, body: `${transcoderError}\n` }
}

function setPrice({ flags, memory, form }: NodeCall, address: string): string | undefined {
  const [price, pixels] = [form('pricePerUnit'), form('pixelsPerUnit')]
  if (!/^0x[0-9a-fA-F]{40}|default$/.test(address)) {
    return `broadcasterEthAddr is not a valid eth address, provided ${address}`
  }
  const read = readUnitPrice(price, pixels)
  if ('wrong' in read) {
    return {
      price: `error parsing pricePerUnit value: ${price}`,
      pixels: `error parsing pixelsPerUnit value: ${pixels}`,
      pixelsNotPositive: `pixels per unit must be greater than 0, provided ${pixels}`,
    }[read.wrong]
  }
  if (read.price.numerator < 0n) return `price unit must be greater than or equal to 0, provided ${price}`
  const converted = autoConvert(read.price, form('currency'), flags.feed)
  if ('error' in converted) return `error converting price: ${converted.error}`
  memory.prices.set(address.toLowerCase(), rational(converted.wei.numerator, converted.wei.denominator))
  return undefined
}

function setMaxFaceValue({ flags, memory, form }: NodeCall): NodeReply {
  if (flags.kind !== 'orchestrator') return refuse('node must be orchestrator node to set maxfacevalue')
  const text = form('maxfacevalue')
  if (!/^[+-]?\d+$/.test(text)) return refuse('maxfacevalue not set to number')
  memory.maxFaceValueWei = BigInt(text)
  return ok('ticket max face value set')
}

function wrongMaximum(
  wrong: 'price' | 'pixels' | 'pixelsNotPositive',
  price: string,
  pixels: string,
): string {
  return {
    price: `Error parsing pricePerUnit value: ${price}`,
    pixels: `Error parsing pixelsPerUnit value: ${pixels}`,
    pixelsNotPositive: `pixels per unit must be greater than 0, provided ${pixels}`,
  }[wrong]
}

function ok(body: string): NodeReply {
  return { status: 200, body }
}

function json(value: object): NodeReply {
  return { status: 200, body: JSON.stringify(value), json: true }
}

/** As Go's `http.Error`, which ends the line. */
function refuse(text: string): NodeReply {
  return { status: 400, body: `${text}\n` }
}
