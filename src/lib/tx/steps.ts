import type { Hex } from 'viem'

/** The steps of the lifecycle, in order. A step is announced before it begins. */
export type Step =
  | { readonly name: 'settle'; readonly operation: string; readonly hash: Hex }
  | { readonly name: 'read' | 'simulate' | 'confirm' | 'lock' | 'readAgain' | 'sign' }
  | { readonly name: 'journal' | 'broadcast' | 'broadcastAgain' | 'wait'; readonly hash: Hex }
  | { readonly name: 'confirmations'; readonly hash: Hex; readonly seen: number; readonly wanted: number }
  | { readonly name: 'settled'; readonly hash: Hex }

export type OnStep = (step: Step) => void
