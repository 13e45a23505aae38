/**
 * lp-pay as a library: the payment maths and the contract calls behind the commands. Nothing here prints, asks or ends
 * the process. Amounts are bigint wei.
 */
export { createAccount, importKeystore, importPrivateKey } from './account/new-account.ts'
export { findAccount, listAccounts } from './account/keystore-folder.ts'
export { openAccount } from './account/open-account.ts'
export { localSigner } from './account/signer.ts'
export type { Signer } from './account/signer.ts'
export {
  covers,
  creditTickets,
  debitFee,
  emptyAccount,
  mostTicketsAtOnce,
  payFor,
} from './billing/account.ts'
export type { PaymentAccount } from './billing/account.ts'
export { aiUnitsDebited, aiUnitsPaid, textToSpeak } from './billing/ai-units.ts'
export type { AiJob } from './billing/ai-units.ts'
export { billJob } from './billing/bill-job.ts'
export type { BillableJob, BilledRun } from './billing/bill-job.ts'
export { byocAccepts, byocDebited, byocPrice, fillByoc } from './billing/byoc.ts'
export { countTickets } from './billing/count-tickets.ts'
export type { PaymentRun, TicketCount } from './billing/count-tickets.ts'
export { billLive, newLiveMeter } from './billing/live-meter.ts'
export type { LiveMeter, LiveType } from './billing/live-meter.ts'
export { transcodeDebit, transcodeEstimate, transcodePixels } from './billing/transcoding.ts'
export { arbitrumOne } from './chain/network.ts'
export type { ContractName, Network } from './chain/network.ts'
export { connect } from './contracts/connect.ts'
export type { Connection, ConnectOptions } from './contracts/connect.ts'
export { readContract } from './contracts/read-contract.ts'
export type { Contracts } from './contracts/resolve-contracts.ts'
export { devnet } from './devnet/network.ts'
export * from './errors.ts'
export { readFees } from './fees/read-fees.ts'
export type { FeesState } from './fees/read-fees.ts'
export { withdrawFeesOperation } from './fees/withdraw-fees.ts'
export type { FeesEvent, FeesHoldings, FeesWithdrawal, WithdrawFeesRequest } from './fees/withdraw-fees.ts'
export { forecastDeposit } from './forecast/forecast-deposit.ts'
export type { DepositForecast, DepositQuestion } from './forecast/forecast-deposit.ts'
export { forecastEarnings } from './forecast/forecast-earnings.ts'
export type { EarningsForecast, EarningsQuestion } from './forecast/forecast-earnings.ts'
export { forecastGas } from './forecast/forecast-gas.ts'
export type { GasForecast, GasQuestion } from './forecast/forecast-gas.ts'
export { streamsOf } from './forecast/stream-class.ts'
export type { SaidStreams, StreamsOfClass } from './forecast/stream-class.ts'
export { surroundingsOf, withTickets } from './forecast/surroundings.ts'
export type { SaidTickets, Supposed, Surroundings } from './forecast/surroundings.ts'
export { parseWorkloadFile, readWorkloadFile } from './forecast/workload-file.ts'
export { askOrchestrator } from './orchestrator/ask-orchestrator.ts'
export { refusalGasPrice } from './orchestrator/gas-prices.ts'
export { judgeOffer } from './orchestrator/judge-offer.ts'
export type { JudgedOffer, OfferCheck, SpendingLimits } from './orchestrator/judge-offer.ts'
export { offerOfAnswer, offerOfFile } from './orchestrator/job-prices.ts'
export type { JobPrice, MatchOffer } from './orchestrator/job-prices.ts'
export { matchPrices } from './orchestrator/match-prices.ts'
export type { JobMatch, MatchContext, MatchReason } from './orchestrator/match-prices.ts'
export { missingFunds } from './orchestrator/missing-funds.ts'
export type { MissingFunds } from './orchestrator/missing-funds.ts'
export { offerTo } from './orchestrator/offer.ts'
export type { Offer, OrchestratorTerms } from './orchestrator/offer.ts'
export type { OrchestratorAnswer } from './orchestrator/read-answer.ts'
export { signRequest } from './orchestrator/sign-request.ts'
export type { SignedRequest } from './orchestrator/sign-request.ts'
export { senderParams } from './orchestrator/sender-params.ts'
export type { ParamsQuestion, SenderParams } from './orchestrator/sender-params.ts'
export { exportPrices } from './pricefile/export-prices.ts'
export type { ExportFormat, NodeFlags, PriceExport } from './pricefile/export-prices.ts'
export type {
  Finding,
  LintedKind,
  LintOptions,
  LintReport,
  PlacedFinding,
  Severity,
} from './pricefile/lint/finding.ts'
export { lintFile } from './pricefile/lint/lint-file.ts'
export { lintNodeJson } from './pricefile/lint/lint-node-json.ts'
export { lintPriceFile } from './pricefile/lint/lint-price-file.ts'
export { listPrices } from './pricefile/list-prices.ts'
export type { ListedPrice, ListedSetting, PriceListing } from './pricefile/list-prices.ts'
export { parsePriceFile } from './pricefile/parse-price-file.ts'
export type { ReadPriceFile } from './pricefile/parse-price-file.ts'
export { readPriceFile } from './pricefile/price-file.ts'
export { sayPrice } from './pricefile/say-price.ts'
export type { Conversion, SaidPrice, SayOptions } from './pricefile/say-price.ts'
export { editPrice, setPrice } from './pricefile/set-price.ts'
export type { PriceChange, PriceEdit } from './pricefile/set-price.ts'
export type { CapabilityPrice, GatewayLimits, OrchestratorPrices, PriceFile } from './pricefile/types.ts'
export { advertisedPrice, autoAdjustPrice, effectiveTxCostMultiplier } from './pm/auto-adjust-price.ts'
export { auxData } from './pm/aux-data.ts'
export { availableFunds } from './pm/available-funds.ts'
export type { PmCheck } from './pm/check.ts'
export { creditAfter, numTickets } from './pm/credit.ts'
export type { CreditInputs } from './pm/credit.ts'
export { isExpired } from './pm/expiry.ts'
export { maxFloat } from './pm/max-float.ts'
export type { FloatInputs } from './pm/max-float.ts'
export { payout } from './pm/payout.ts'
export type { Payout, PayoutFunds } from './pm/payout.ts'
export {
  addRational,
  ceilRational,
  compareRational,
  divideRational,
  floorRational,
  formatRational,
  formatShort,
  multiplyRational,
  rational,
  subtractRational,
} from './pm/rational.ts'
export type { Rational } from './pm/rational.ts'
export { parseWinProb } from './pm/parse-win-prob.ts'
export { maxSenderNonces, receiveChecks, receiveRefusal } from './pm/receive-ticket.ts'
export type { ReceiveCheck, ReceiveCheckName, ReceiveContext } from './pm/receive-ticket.ts'
export { recipientRand, recipientRandHash } from './pm/recipient-rand.ts'
export type { RecipientRandInputs } from './pm/recipient-rand.ts'
export { recoverSender } from './pm/recover-sender.ts'
export { reserveAlloc } from './pm/reserve-alloc.ts'
export type { ReserveShare } from './pm/reserve-alloc.ts'
export {
  defaultMaxTicketEvWei,
  defaultMaxTotalEvWei,
  paramsExpirationBlocks,
  paramsExpiryBufferBlocks,
  sendChecks,
  sendRefusal,
} from './pm/send-checks.ts'
export type { SendCheck, SendCheckName, SendInputs } from './pm/send-checks.ts'
export { signTicket } from './pm/sign-ticket.ts'
export type { MessageSigner } from './pm/sign-ticket.ts'
export { signatureFault } from './pm/signature.ts'
export type { SignatureFault } from './pm/signature.ts'
export { ticketEv } from './pm/ticket-ev.ts'
export { encodeTicket, ticketHash } from './pm/ticket-hash.ts'
export {
  averageGasPriceFloorWei,
  defaultTicketEvWei,
  evMultiplier,
  faceValue,
  insufficientSenderReserve,
  redeemGas,
  txCostMultiplier,
} from './pm/ticket-parameters.ts'
export type { FaceValue, FaceValueInputs } from './pm/ticket-parameters.ts'
export type { SignedTicket, Ticket } from './pm/ticket.ts'
export { unlocksSoon } from './pm/unlocks-soon.ts'
export { maxWinProb, winProb } from './pm/win-prob.ts'
export { isWinner, winDraw } from './pm/win.ts'
export { parseGivenRate } from './pricing/given-rate.ts'
export { parseNodePrice, priceOfFlags } from './pricing/node-price.ts'
export type { NodePriceText } from './pricing/node-price.ts'
export { formatPrice, parsePrice, parsePriceKind } from './pricing/price.ts'
export type { Price } from './pricing/price.ts'
export { formatPriceUnit, parsePriceUnit } from './pricing/price-unit.ts'
export type { PriceUnit, Quantity } from './pricing/price-unit.ts'
export type { Rate, RateSource } from './pricing/rate.ts'
export { parseShape, pixelsOf, pixelsPerSecond } from './pricing/shape.ts'
export type { Shape } from './pricing/shape.ts'
export { convertPrice, priceFor, priceOfPixels, weiPrice } from './pricing/wei-price.ts'
export type { WeiPrice } from './pricing/wei-price.ts'
export { binomial } from './probability/binomial.ts'
export { compound } from './probability/compound.ts'
export type { Bounds, CompoundDistribution, CompoundOptions, CompoundPart } from './probability/compound.ts'
export type { CountDistribution } from './probability/count-distribution.ts'
export { clopperPearson } from './probability/intervals.ts'
export type { Interval } from './probability/intervals.ts'
export { poisson } from './probability/poisson.ts'
export { seededRandom } from './probability/random-source.ts'
export type { RandomSource } from './probability/random-source.ts'
export { binomialSampler } from './probability/sample-binomial.ts'
export type { CountSampler } from './probability/sample-binomial.ts'
export { auditTallies, auditTickets, auditWinners } from './luck/audit-luck.ts'
export type { LuckBasis, LuckReport } from './luck/audit-luck.ts'
export { readTallies } from './luck/read-tallies.ts'
export { tallyTickets } from './luck/tally-tickets.ts'
export type { TallyReport, TicketTallies } from './luck/tally-tickets.ts'
export { TicketKinds } from './luck/ticket-kinds.ts'
export type { ContractRules, ProtocolOptions } from './protocol/options.ts'
export { playProtocol } from './protocol/play-protocol.ts'
export type { ProtocolHooks, ProtocolReport } from './protocol/play-protocol.ts'
export { protocolEngine } from './protocol/protocol-engine.ts'
export type { ProtocolEngine } from './protocol/protocol-engine.ts'
export { fetchRate } from './rates/fetch-rate.ts'
export type { RateEndpoints } from './rates/fetch-rate.ts'
export { readRate } from './rates/read-rate.ts'
export type { RateRequest } from './rates/read-rate.ts'
export { readRedemptionChain } from './redemption/onchain/chain-state.ts'
export type { RedemptionChain } from './redemption/onchain/chain-state.ts'
export { defaultPlanOptions } from './redemption/plan/options.ts'
export { planRedemption } from './redemption/plan/plan-redemption.ts'
export type {
  Batch,
  GasPrice,
  LeftTicket,
  PlanChain,
  PlanOptions,
  PlanTicket,
  RedemptionPlan,
} from './redemption/plan/types.ts'
export { allTickets } from './redemption/redeem-choice.ts'
export type { RedeemContext } from './redemption/redeem-context.ts'
export type { RedeemResult } from './redemption/redeem-result.ts'
export { previewRedemption, redeem } from './redemption/redeem.ts'
export type { RedeemEnd, RedeemRequest } from './redemption/redeem.ts'
export { thisRedeemer } from './redemption/redeemer.ts'
export { simulateTickets } from './redemption/probe/simulate.ts'
export type { TicketSimulation } from './redemption/probe/simulate.ts'
export { readRound, secondsUntilRound } from './rounds/read-round.ts'
export type { Round } from './rounds/read-round.ts'
export { judgeAcceptance } from './sender/acceptance.ts'
export type { Acceptance, AcceptanceReason } from './sender/acceptance.ts'
export { cancelUnlockOperation } from './sender/operations/cancel-unlock.ts'
export { fundOperation } from './sender/operations/fund.ts'
export type { Funding, FundRequest } from './sender/operations/fund.ts'
export type {
  Holdings,
  SenderEffect,
  SenderOperation,
  SendResult,
} from './sender/operations/sender-operation.ts'
export { unlockOperation } from './sender/operations/unlock.ts'
export { withdrawOperation } from './sender/operations/withdraw.ts'
export { phaseOf } from './sender/phase.ts'
export type { Phase } from './sender/phase.ts'
export { readSender } from './sender/read-sender.ts'
export type { SenderState } from './sender/read-sender.ts'
export { adviseFaceValue, adviseTicketEv } from './simulation/advise.ts'
export type {
  FaceValueAdvice,
  FaceValueRequest,
  TicketEvAdvice,
  TicketEvReason,
  TicketEvRequest,
} from './simulation/advise.ts'
export { audit } from './simulation/audit.ts'
export type {
  Audit,
  AuditGroup,
  AuditLimit,
  GroupVerdict,
  LuckFinding,
  LuckTest,
  TicketTally,
} from './simulation/audit.ts'
export type { Band } from './simulation/bands.ts'
export { depositBands } from './simulation/deposit-bands.ts'
export type { DepositBands, DepositBandsRequest } from './simulation/deposit-bands.ts'
export { simulateDeposit } from './simulation/deposit-paths.ts'
export type { DepositPaths, PathsRequest } from './simulation/deposit-paths.ts'
export { earnings } from './simulation/earnings.ts'
export type { Earnings, EarningsRequest, Spread } from './simulation/earnings.ts'
export { gasTable, gasThresholds } from './simulation/gas-table.ts'
export type { GasRow, GasTableRequest, GasThresholds } from './simulation/gas-table.ts'
export { redemptionCost } from './simulation/redemption-cost.ts'
export type { RedemptionGas, RedemptionTerms } from './simulation/redemption-cost.ts'
export { runway } from './simulation/runway.ts'
export type { Runway, RunwayRequest } from './simulation/runway.ts'
export { sensitivity } from './simulation/sensitivity.ts'
export type { SensitivityCell, SensitivityRequest } from './simulation/sensitivity.ts'
export { sizeDeposit } from './simulation/size-deposit.ts'
export type { DepositRequest, DepositSize } from './simulation/size-deposit.ts'
export { sizeReserve } from './simulation/size-reserve.ts'
export type { ReserveRequest, ReserveSize } from './simulation/size-reserve.ts'
export { winnersWithin } from './simulation/winners.ts'
export { longestHorizonHours, ticketClasses, ticketsWithin } from './simulation/workload.ts'
export type { StreamClass, TicketClass } from './simulation/workload.ts'
export { prepare, send } from './tx/send.ts'
export type { AccountOperation, SendReport } from './tx/send.ts'
export { senderStatus } from './sender/status.ts'
export type { SenderStatus } from './sender/status.ts'
export { openStore } from './store/open-store.ts'
export type { NewTicket, Outcome, StoredTicket, TicketState, TicketStore } from './store/ticket-store.ts'
export { createTickets } from './tickets/create-tickets.ts'
export type { CreatedTickets, TicketOrder } from './tickets/create-tickets.ts'
export { decodePayment } from './tickets/decode/decode-payment.ts'
export { decodeRedemptionCalldata } from './tickets/decode/decode-redemption-calldata.ts'
export type { RedemptionCall } from './tickets/decode/decode-redemption-calldata.ts'
export { encodePayment } from './tickets/decode/encode-payment.ts'
export type { Payment, PaymentParams, PaymentTicket } from './tickets/decode/payment.ts'
export { importTickets } from './tickets/import-tickets.ts'
export type { ImportOptions, ImportReport, ImportStore } from './tickets/import-tickets.ts'
export { parseTicket } from './tickets/parse-ticket.ts'
export { openTicketSource } from './tickets/sources/open-ticket-source.ts'
export type { SourceInput, SourceOptions } from './tickets/sources/open-ticket-source.ts'
export type { Reject, TicketFormat, TicketSource } from './tickets/sources/ticket-source.ts'
export { ticketToJson } from './tickets/ticket-to-json.ts'
export type { TicketJson } from './tickets/ticket-to-json.ts'
export type { Judgement, ValidatorOptions } from './tickets/validation/open-validator.ts'
export { validateTickets } from './tickets/validation/validate-tickets.ts'
export type { Verdict } from './tickets/validation/verdict.ts'
export { verifyTicket } from './tickets/verify-ticket.ts'
export type { TicketVerification } from './tickets/verify-ticket.ts'
export type { RunOptions } from './tx/run-operation.ts'
export { formatWei, parseWei } from './units/wei.ts'
