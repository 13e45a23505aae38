// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

interface ITicketBroker {
    struct Sender {
        uint256 deposit;
        uint256 withdrawRound;
    }

    struct ReserveInfo {
        uint256 fundsRemaining;
        uint256 claimedInCurrentRound;
    }

    function getSenderInfo(address sender) external view returns (Sender memory, ReserveInfo memory);

    function claimableReserve(address reserveHolder, address claimant) external view returns (uint256);

    function usedTickets(bytes32 ticketHash) external view returns (bool);
}

interface IBondingManager {
    function isActiveTranscoder(address transcoder) external view returns (bool);

    function getTranscoder(
        address transcoder
    )
        external
        view
        returns (
            uint256 lastRewardRound,
            uint256 rewardCut,
            uint256 feeShare,
            uint256 lastActiveStakeUpdateRound,
            uint256 activationRound,
            uint256 deactivationRound,
            uint256 activeCumulativeRewards,
            uint256 cumulativeRewards,
            uint256 cumulativeFees,
            uint256 lastFeeRound
        );
}

interface IRoundsManager {
    function blockHashForRound(uint256 round) external view returns (bytes32);
}

/**
 * Never deployed: an eth_call puts this code at an unused address for its own duration. It tries redemptions without
 * sending them, and reads much of the Livepeer contracts in one call.
 */
contract RedemptionProbe {
    struct Outcome {
        bool ok;
        /// Of the call to the broker alone, before refunds.
        uint256 gasUsed;
        /// What left the sender's deposit and reserve.
        uint256 paid;
        bytes revertData;
    }

    struct Recipient {
        bool active;
        /// The last round in which it was paid.
        uint256 lastFeeRound;
    }

    error NotEnoughGas(uint256 available);

    /**
     * Redeems tickets one after the other, each in the state that those before it leave. Ends early, with fewer
     * outcomes than tickets, when the gas left would not do for another.
     *
     * @param calls calldata of redeemWinningTicket, one a ticket
     * @param senders the tickets' senders
     */
    function redeemEach(
        address broker,
        uint256 gasPerTicket,
        bytes[] calldata calls,
        address[] calldata senders
    ) external returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](calls.length);
        warm(broker);
        uint256 done = 0;
        for (; done < calls.length && gasleft() > gasFor(gasPerTicket, 1); done++) {
            uint256 fundsBefore = fundsOf(broker, senders[done]);
            bytes memory data = calls[done];
            uint256 gasBefore = gasleft();
            (bool ok, bytes memory answer) = broker.call{gas: gasPerTicket}(data);
            outcomes[done].gasUsed = gasBefore - gasleft();
            outcomes[done].ok = ok;
            outcomes[done].paid = fundsBefore - fundsOf(broker, senders[done]);
            if (!ok) outcomes[done].revertData = answer;
        }
        assembly {
            mstore(outcomes, done)
        }
    }

    /**
     * Makes one call with exactly the gas given. Answers which tickets it has used, and what has left the deposit and
     * reserve of each sender.
     *
     * @param data calldata of the redemption
     * @param hashes the tickets in it
     * @param senders their senders, each once
     */
    function redeemTogether(
        address broker,
        uint256 gasForCall,
        bytes memory data,
        bytes32[] calldata hashes,
        address[] calldata senders
    )
        external
        returns (bool ok, uint256 gasUsed, bytes memory revertData, bool[] memory used, uint256[] memory paid)
    {
        used = new bool[](hashes.length);
        for (uint256 i = 0; i < hashes.length; i++) used[i] = isUsed(broker, hashes[i]);
        paid = new uint256[](senders.length);
        for (uint256 i = 0; i < senders.length; i++) paid[i] = fundsOf(broker, senders[i]);
        warm(broker);
        if (gasleft() < gasFor(gasForCall, hashes.length + senders.length)) revert NotEnoughGas(gasleft());
        uint256 gasBefore = gasleft();
        (ok, revertData) = broker.call{gas: gasForCall}(data);
        gasUsed = gasBefore - gasleft();
        for (uint256 i = 0; i < hashes.length; i++) used[i] = !used[i] && isUsed(broker, hashes[i]);
        for (uint256 i = 0; i < senders.length; i++) paid[i] -= fundsOf(broker, senders[i]);
    }

    function usedTickets(address broker, bytes32[] calldata hashes) external view returns (bool[] memory used) {
        used = new bool[](hashes.length);
        for (uint256 i = 0; i < hashes.length; i++) used[i] = ITicketBroker(broker).usedTickets(hashes[i]);
    }

    function sendersOf(
        address broker,
        address[] calldata addresses
    ) external view returns (ITicketBroker.Sender[] memory senders) {
        senders = new ITicketBroker.Sender[](addresses.length);
        for (uint256 i = 0; i < addresses.length; i++) {
            (senders[i], ) = ITicketBroker(broker).getSenderInfo(addresses[i]);
        }
    }

    /// Answers 0 where the broker reverts: it does when the pool has grown after more than a slice of now was claimed.
    function claimableReserves(
        address broker,
        address[] calldata senders,
        address[] calldata recipients
    ) external view returns (uint256[] memory claimable) {
        claimable = new uint256[](senders.length);
        for (uint256 i = 0; i < senders.length; i++) {
            try ITicketBroker(broker).claimableReserve(senders[i], recipients[i]) returns (uint256 amount) {
                claimable[i] = amount;
            } catch {}
        }
    }

    function recipientsOf(
        address bondingManager,
        address[] calldata addresses
    ) external view returns (Recipient[] memory recipients) {
        recipients = new Recipient[](addresses.length);
        for (uint256 i = 0; i < addresses.length; i++) {
            recipients[i].active = IBondingManager(bondingManager).isActiveTranscoder(addresses[i]);
            (, , , , , , , , , recipients[i].lastFeeRound) = IBondingManager(bondingManager).getTranscoder(
                addresses[i]
            );
        }
    }

    function blockHashesForRounds(
        address roundsManager,
        uint256[] calldata rounds
    ) external view returns (bytes32[] memory blockHashes) {
        blockHashes = new bytes32[](rounds.length);
        for (uint256 i = 0; i < rounds.length; i++) {
            blockHashes[i] = IRoundsManager(roundsManager).blockHashForRound(rounds[i]);
        }
    }

    function isUsed(address broker, bytes32 hash) private returns (bool) {
        return abi.decode(coldRead(broker, abi.encodeCall(ITicketBroker.usedTickets, (hash))), (bool));
    }

    /// A sender's deposit and reserve.
    function fundsOf(address broker, address sender) private returns (uint256) {
        bytes memory answer = coldRead(broker, abi.encodeCall(ITicketBroker.getSenderInfo, (sender)));
        (ITicketBroker.Sender memory account, ITicketBroker.ReserveInfo memory reserve) = abi.decode(
            answer,
            (ITicketBroker.Sender, ITicketBroker.ReserveInfo)
        );
        return account.deposit + reserve.fundsRemaining;
    }

    /// Reads and leaves everything as cold as it was, as a revert undoes the warming, too: else the redemption that
    /// follows would cost less than it does in a transaction.
    function coldRead(address target, bytes memory data) private returns (bytes memory answer) {
        (, answer) = address(this).call(abi.encodeCall(this.revertWithAnswer, (target, data)));
    }

    function revertWithAnswer(address target, bytes calldata data) external view {
        (, bytes memory answer) = target.staticcall(data);
        assembly {
            revert(add(answer, 32), mload(answer))
        }
    }

    /// A transaction's own target is warm from the beginning.
    function warm(address broker) private view {
        require(broker.code.length > 0);
    }

    /// What must be left for a call to get its gas, of which the 64th part stays behind, and for `reads` after it.
    function gasFor(uint256 gasForCall, uint256 reads) private pure returns (uint256) {
        return (gasForCall * 64) / 63 + 100_000 + reads * 30_000;
    }
}
