import type { BrokerEvent } from './lib/sender/broker-events.ts'
import type { Holdings } from './lib/sender/operations/sender-operation.ts'
import { senderView } from './output/sender-view.ts'
import { SendingCommand } from './sending-command.ts'

/** A command that changes a sender's deposit and reserve. */
export abstract class SenderCommand extends SendingCommand<Holdings, BrokerEvent> {
  protected override readonly view = senderView
}
