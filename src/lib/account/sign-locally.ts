/** Apart, so that viem's curve and nothing else of its accounts is loaded when something is signed. */
export { privateKeyToAccount, privateKeyToAddress } from 'viem/accounts'
