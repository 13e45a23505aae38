/** What the validation may say of a ticket; in a batch of bytes a verdict is its place in this list. */
export const verdicts = [
  'winner',
  'loser',
  'noRecipient',
  'noSender',
  'wrongRecipientRand',
  'badSignature',
  'noCreationRound',
] as const

export type Verdict = (typeof verdicts)[number]

/** Why a ticket can never be redeemed, in one clause. */
export const verdictReasons: Readonly<Record<Exclude<Verdict, 'winner'>, string>> = {
  loser: 'it did not win',
  noRecipient: 'the recipient is the zero address',
  noSender: 'the sender is the zero address',
  wrongRecipientRand: 'recipientRand does not match recipientRandHash',
  badSignature: "it is not signed by its sender, or not in the contract's form: low s, v 27 or 28",
  noCreationRound: 'it has no creation round',
}
