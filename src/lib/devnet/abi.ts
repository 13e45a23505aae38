import { parseAbi } from 'viem'

/** Of the contracts' interfaces, what only a devnet needs or needs without the rest. */
export const devnetAbi = parseAbi([
  'function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash)',
  'function currentRound() view returns (uint256)',
  'function currentRoundInitialized() view returns (bool)',
  'function currentRoundStartBlock() view returns (uint256)',
  'function blockNum() view returns (uint256)',
  'function blockHashForRound(uint256 round) view returns (bytes32)',
  'function initializeRound()',
  'function unlockPeriod() view returns (uint256)',
  'struct Sender { uint256 deposit; uint256 withdrawRound; }',
  'struct ReserveInfo { uint256 fundsRemaining; uint256 claimedInCurrentRound; }',
  'function getSenderInfo(address sender) view returns (Sender sender, ReserveInfo reserve)',
  'function isActiveTranscoder(address transcoder) view returns (bool)',
])
