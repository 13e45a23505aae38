// Generated from proto/livepeer.proto; npm run docs writes it anew.
import type { GenFile, GenMessage, GenService } from '@bufbuild/protobuf/codegenv2'
import { fileDesc, messageDesc, serviceDesc } from '@bufbuild/protobuf/codegenv2'
import type { Message } from '@bufbuild/protobuf'

/**
 * Describes the file livepeer.proto.
 */
export const file_livepeer: GenFile =
  /*@__PURE__*/
  fileDesc(
    'Cg5saXZlcGVlci5wcm90bxIDbmV0IjMKE09yY2hlc3RyYXRvclJlcXVlc3QSDwoHYWRkcmVzcxgBIAEoDBILCgNzaWcYAiABKAwi1gEKEE9yY2hlc3RyYXRvckluZm8SEgoKdHJhbnNjb2RlchgBIAEoCRIoCg10aWNrZXRfcGFyYW1zGAIgASgLMhEubmV0LlRpY2tldFBhcmFtcxIiCgpwcmljZV9pbmZvGAMgASgLMg4ubmV0LlByaWNlSW5mbxIPCgdhZGRyZXNzGAQgASgMEiIKCmF1dGhfdG9rZW4YBiABKAsyDi5uZXQuQXV0aFRva2VuEisKE2NhcGFiaWxpdGllc19wcmljZXMYISADKAsyDi5uZXQuUHJpY2VJbmZvImAKCVByaWNlSW5mbxIUCgxwcmljZVBlclVuaXQYASABKAMSFQoNcGl4ZWxzUGVyVW5pdBgCIAEoAxISCgpjYXBhYmlsaXR5GAMgASgNEhIKCmNvbnN0cmFpbnQYBCABKAkixAEKDFRpY2tldFBhcmFtcxIRCglyZWNpcGllbnQYASABKAwSEgoKZmFjZV92YWx1ZRgCIAEoDBIQCgh3aW5fcHJvYhgDIAEoDBIbChNyZWNpcGllbnRfcmFuZF9oYXNoGAQgASgMEgwKBHNlZWQYBSABKAwSGAoQZXhwaXJhdGlvbl9ibG9jaxgGIAEoDBI2ChFleHBpcmF0aW9uX3BhcmFtcxgHIAEoCzIbLm5ldC5UaWNrZXRFeHBpcmF0aW9uUGFyYW1zIlMKFlRpY2tldEV4cGlyYXRpb25QYXJhbXMSFgoOY3JlYXRpb25fcm91bmQYASABKAMSIQoZY3JlYXRpb25fcm91bmRfYmxvY2tfaGFzaBgCIAEoDCI3ChJUaWNrZXRTZW5kZXJQYXJhbXMSFAoMc2VuZGVyX25vbmNlGAEgASgEEgsKA3NpZxgCIAEoDCLaAQoHUGF5bWVudBIoCg10aWNrZXRfcGFyYW1zGAEgASgLMhEubmV0LlRpY2tldFBhcmFtcxIOCgZzZW5kZXIYAiABKAwSNgoRZXhwaXJhdGlvbl9wYXJhbXMYAyABKAsyGy5uZXQuVGlja2V0RXhwaXJhdGlvblBhcmFtcxI1ChR0aWNrZXRfc2VuZGVyX3BhcmFtcxgEIAMoCzIXLm5ldC5UaWNrZXRTZW5kZXJQYXJhbXMSJgoOZXhwZWN0ZWRfcHJpY2UYBSABKAsyDi5uZXQuUHJpY2VJbmZvIkIKCUF1dGhUb2tlbhINCgV0b2tlbhgBIAEoDBISCgpzZXNzaW9uX2lkGAIgASgJEhIKCmV4cGlyYXRpb24YAyABKAMyUgoMT3JjaGVzdHJhdG9yEkIKD0dldE9yY2hlc3RyYXRvchIYLm5ldC5PcmNoZXN0cmF0b3JSZXF1ZXN0GhUubmV0Lk9yY2hlc3RyYXRvckluZm9iBnByb3RvMw',
  )

/**
 * @generated from message net.OrchestratorRequest
 */
export type OrchestratorRequest = Message<'net.OrchestratorRequest'> & {
  /**
   * Of the gateway that asks.
   *
   * @generated from field: bytes address = 1;
   */
  address: Uint8Array

  /**
   * Of the address, by its key.
   *
   * @generated from field: bytes sig = 2;
   */
  sig: Uint8Array
}

/**
 * Describes the message net.OrchestratorRequest.
 * Use `create(OrchestratorRequestSchema)` to create a new message.
 */
export const OrchestratorRequestSchema: GenMessage<OrchestratorRequest> =
  /*@__PURE__*/
  messageDesc(file_livepeer, 0)

/**
 * @generated from message net.OrchestratorInfo
 */
export type OrchestratorInfo = Message<'net.OrchestratorInfo'> & {
  /**
   * Where it takes work: its service URI.
   *
   * @generated from field: string transcoder = 1;
   */
  transcoder: string

  /**
   * @generated from field: net.TicketParams ticket_params = 2;
   */
  ticketParams?: TicketParams

  /**
   * @generated from field: net.PriceInfo price_info = 3;
   */
  priceInfo?: PriceInfo

  /**
   * @generated from field: bytes address = 4;
   */
  address: Uint8Array

  /**
   * @generated from field: net.AuthToken auth_token = 6;
   */
  authToken?: AuthToken

  /**
   * What it asks for each capability and model.
   *
   * @generated from field: repeated net.PriceInfo capabilities_prices = 33;
   */
  capabilitiesPrices: PriceInfo[]
}

/**
 * Describes the message net.OrchestratorInfo.
 * Use `create(OrchestratorInfoSchema)` to create a new message.
 */
export const OrchestratorInfoSchema: GenMessage<OrchestratorInfo> =
  /*@__PURE__*/
  messageDesc(file_livepeer, 1)

/**
 * So many wei for so many units.
 *
 * @generated from message net.PriceInfo
 */
export type PriceInfo = Message<'net.PriceInfo'> & {
  /**
   * @generated from field: int64 pricePerUnit = 1;
   */
  pricePerUnit: bigint

  /**
   * @generated from field: int64 pixelsPerUnit = 2;
   */
  pixelsPerUnit: bigint

  /**
   * The number of a capability, and its model.
   *
   * @generated from field: uint32 capability = 3;
   */
  capability: number

  /**
   * @generated from field: string constraint = 4;
   */
  constraint: string
}

/**
 * Describes the message net.PriceInfo.
 * Use `create(PriceInfoSchema)` to create a new message.
 */
export const PriceInfoSchema: GenMessage<PriceInfo> = /*@__PURE__*/ messageDesc(file_livepeer, 2)

/**
 * Whole numbers are big-endian bytes without leading zeros.
 *
 * @generated from message net.TicketParams
 */
export type TicketParams = Message<'net.TicketParams'> & {
  /**
   * @generated from field: bytes recipient = 1;
   */
  recipient: Uint8Array

  /**
   * @generated from field: bytes face_value = 2;
   */
  faceValue: Uint8Array

  /**
   * @generated from field: bytes win_prob = 3;
   */
  winProb: Uint8Array

  /**
   * @generated from field: bytes recipient_rand_hash = 4;
   */
  recipientRandHash: Uint8Array

  /**
   * @generated from field: bytes seed = 5;
   */
  seed: Uint8Array

  /**
   * An L1 block.
   *
   * @generated from field: bytes expiration_block = 6;
   */
  expirationBlock: Uint8Array

  /**
   * @generated from field: net.TicketExpirationParams expiration_params = 7;
   */
  expirationParams?: TicketExpirationParams
}

/**
 * Describes the message net.TicketParams.
 * Use `create(TicketParamsSchema)` to create a new message.
 */
export const TicketParamsSchema: GenMessage<TicketParams> = /*@__PURE__*/ messageDesc(file_livepeer, 3)

/**
 * @generated from message net.TicketExpirationParams
 */
export type TicketExpirationParams = Message<'net.TicketExpirationParams'> & {
  /**
   * @generated from field: int64 creation_round = 1;
   */
  creationRound: bigint

  /**
   * @generated from field: bytes creation_round_block_hash = 2;
   */
  creationRoundBlockHash: Uint8Array
}

/**
 * Describes the message net.TicketExpirationParams.
 * Use `create(TicketExpirationParamsSchema)` to create a new message.
 */
export const TicketExpirationParamsSchema: GenMessage<TicketExpirationParams> =
  /*@__PURE__*/
  messageDesc(file_livepeer, 4)

/**
 * @generated from message net.TicketSenderParams
 */
export type TicketSenderParams = Message<'net.TicketSenderParams'> & {
  /**
   * uint32 in go-livepeer, and the same bytes; with all its bits one that is too large is seen.
   *
   * @generated from field: uint64 sender_nonce = 1;
   */
  senderNonce: bigint

  /**
   * @generated from field: bytes sig = 2;
   */
  sig: Uint8Array
}

/**
 * Describes the message net.TicketSenderParams.
 * Use `create(TicketSenderParamsSchema)` to create a new message.
 */
export const TicketSenderParamsSchema: GenMessage<TicketSenderParams> =
  /*@__PURE__*/
  messageDesc(file_livepeer, 5)

/**
 * The header Livepeer-Payment.
 *
 * @generated from message net.Payment
 */
export type Payment = Message<'net.Payment'> & {
  /**
   * @generated from field: net.TicketParams ticket_params = 1;
   */
  ticketParams?: TicketParams

  /**
   * @generated from field: bytes sender = 2;
   */
  sender: Uint8Array

  /**
   * @generated from field: net.TicketExpirationParams expiration_params = 3;
   */
  expirationParams?: TicketExpirationParams

  /**
   * @generated from field: repeated net.TicketSenderParams ticket_sender_params = 4;
   */
  ticketSenderParams: TicketSenderParams[]

  /**
   * @generated from field: net.PriceInfo expected_price = 5;
   */
  expectedPrice?: PriceInfo
}

/**
 * Describes the message net.Payment.
 * Use `create(PaymentSchema)` to create a new message.
 */
export const PaymentSchema: GenMessage<Payment> = /*@__PURE__*/ messageDesc(file_livepeer, 6)

/**
 * @generated from message net.AuthToken
 */
export type AuthToken = Message<'net.AuthToken'> & {
  /**
   * @generated from field: bytes token = 1;
   */
  token: Uint8Array

  /**
   * @generated from field: string session_id = 2;
   */
  sessionId: string

  /**
   * Seconds since 1970.
   *
   * @generated from field: int64 expiration = 3;
   */
  expiration: bigint
}

/**
 * Describes the message net.AuthToken.
 * Use `create(AuthTokenSchema)` to create a new message.
 */
export const AuthTokenSchema: GenMessage<AuthToken> = /*@__PURE__*/ messageDesc(file_livepeer, 7)

/**
 * @generated from service net.Orchestrator
 */
export const Orchestrator: GenService<{
  /**
   * Who the orchestrator is, what it asks for, and with which ticket parameters.
   *
   * @generated from rpc net.Orchestrator.GetOrchestrator
   */
  getOrchestrator: {
    methodKind: 'unary'
    input: typeof OrchestratorRequestSchema
    output: typeof OrchestratorInfoSchema
  }
}> = /*@__PURE__*/ serviceDesc(file_livepeer, 0)
