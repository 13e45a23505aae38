// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

interface IController {
    function owner() external view returns (address);

    function paused() external view returns (bool);

    function getContract(bytes32 id) external view returns (address);
}

interface IRoundsManager {
    function currentRound() external view returns (uint256);

    function currentRoundInitialized() external view returns (bool);

    function blockHashForRound(uint256 round) external view returns (bytes32);
}

interface IBondingManager {
    function isActiveTranscoder(address transcoder) external view returns (bool);

    function getTranscoderPoolSize() external view returns (uint256);

    function updateTranscoderWithFees(address transcoder, uint256 fees, uint256 round) external;
}

interface IMinter {
    function depositETH() external payable returns (bool);

    function trustedWithdrawETH(address payable to, uint256 amount) external;
}

/**
 * The devnet's TicketBroker by the rules that mainnet has had since July 2026. It runs behind a ManagerProxy: the order
 * of the state variables is that of the proxy and of every TicketBroker before it. README.md says which rules differ from
 * those of 2022, and where each comes from. All amounts are wei.
 */
contract TicketBroker2026 {
    struct Sender {
        uint256 deposit;
        /// The first round in which the sender may withdraw; 0 when no unlock has begun.
        uint256 withdrawRound;
    }

    struct Reserve {
        uint256 funds;
        mapping(uint256 round => uint256) claimedInRound;
        mapping(uint256 round => mapping(address claimant => uint256)) claimedBy;
    }

    struct ReserveInfo {
        uint256 fundsRemaining;
        uint256 claimedInCurrentRound;
    }

    struct Ticket {
        address recipient;
        address sender;
        uint256 faceValue;
        uint256 winProb;
        uint256 senderNonce;
        bytes32 recipientRandHash;
        bytes auxData;
    }

    event SetController(address controller);
    event ParameterUpdate(string param);
    event DepositFunded(address indexed sender, uint256 amount);
    event ReserveFunded(address indexed reserveHolder, uint256 amount);
    event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount);
    event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount);
    event WinningTicketRedeemed(
        address indexed sender,
        address indexed recipient,
        uint256 faceValue,
        uint256 winProb,
        uint256 senderNonce,
        uint256 recipientRand,
        bytes auxData
    );
    event Unlock(address indexed sender, uint256 startRound, uint256 endRound);
    event UnlockCancelled(address indexed sender);
    event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve);

    uint256 private constant HALF_OF_SECP256K1_ORDER =
        0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    IController public controller;
    /// Used by the proxy only.
    bytes32 public targetContractId;
    mapping(address holder => Reserve) private reserves;
    mapping(address sender => Sender) private senders;
    /// In rounds, from unlock() to withdraw().
    uint256 public unlockPeriod;
    mapping(bytes32 ticketHash => bool) public usedTickets;
    /// In rounds, the one of a ticket's creation included.
    uint256 public ticketValidityPeriod;

    modifier onlyControllerOwner() {
        require(msg.sender == controller.owner(), "caller must be Controller owner");
        _;
    }

    modifier whenSystemNotPaused() {
        require(!controller.paused(), "system is paused");
        _;
    }

    modifier whenRoundInitialized() {
        require(roundsManager().currentRoundInitialized(), "current round is not initialized");
        _;
    }

    constructor(address controller_) {
        controller = IController(controller_);
    }

    function setController(address newController) external {
        require(msg.sender == address(controller), "caller must be Controller");
        controller = IController(newController);
        emit SetController(newController);
    }

    function setUnlockPeriod(uint256 rounds) external onlyControllerOwner {
        unlockPeriod = rounds;
        emit ParameterUpdate("unlockPeriod");
    }

    function setTicketValidityPeriod(uint256 rounds) external onlyControllerOwner {
        require(rounds > 0, "ticketValidityPeriod must be greater than 0");
        ticketValidityPeriod = rounds;
        emit ParameterUpdate("ticketValidityPeriod");
    }

    function fundDeposit() external payable whenSystemNotPaused {
        addToDeposit(msg.sender, msg.value);
        cancelUnlockOf(msg.sender);
        minter().depositETH{value: msg.value}();
        emit DepositFunded(msg.sender, msg.value);
    }

    function fundReserve() external payable whenSystemNotPaused {
        addToReserve(msg.sender, msg.value);
        cancelUnlockOf(msg.sender);
        minter().depositETH{value: msg.value}();
    }

    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external payable {
        fundDepositAndReserveFor(msg.sender, depositAmount, reserveAmount);
    }

    function fundDepositAndReserveFor(
        address sender,
        uint256 depositAmount,
        uint256 reserveAmount
    ) public payable whenSystemNotPaused {
        require(
            msg.value == depositAmount + reserveAmount,
            "msg.value does not equal sum of deposit amount and reserve amount"
        );
        addToDeposit(sender, depositAmount);
        cancelUnlockOf(sender);
        addToReserve(sender, reserveAmount);
        minter().depositETH{value: msg.value}();
        emit DepositFunded(sender, depositAmount);
    }

    function unlock() external whenSystemNotPaused {
        Sender storage sender = senders[msg.sender];
        require(sender.deposit > 0 || reserves[msg.sender].funds > 0, "sender deposit and reserve are zero");
        require(sender.withdrawRound == 0, "unlock already initiated");
        uint256 startRound = roundsManager().currentRound();
        sender.withdrawRound = startRound + unlockPeriod;
        emit Unlock(msg.sender, startRound, sender.withdrawRound);
    }

    function cancelUnlock() external whenSystemNotPaused {
        require(senders[msg.sender].withdrawRound > 0, "no unlock request in progress");
        cancelUnlockOf(msg.sender);
    }

    /// Leaves withdrawRound as it is: a sender who comes back is locked again when he funds.
    function withdraw() external whenSystemNotPaused {
        Sender storage sender = senders[msg.sender];
        Reserve storage reserve = reserves[msg.sender];
        uint256 deposit = sender.deposit;
        uint256 funds = reserve.funds;
        require(deposit > 0 || funds > 0, "sender deposit and reserve are zero");
        require(sender.withdrawRound > 0, "no unlock request in progress");
        require(!isLocked(sender), "account is locked");
        sender.deposit = 0;
        reserve.funds = 0;
        minter().trustedWithdrawETH(payable(msg.sender), deposit + funds);
        emit Withdrawal(msg.sender, deposit, funds);
    }

    /// Anyone may send it. A revert leaves the ticket unused.
    function redeemWinningTicket(
        Ticket memory ticket,
        bytes memory sig,
        uint256 recipientRand
    ) public whenSystemNotPaused whenRoundInitialized {
        bytes32 ticketHash = getTicketHash(ticket);
        uint256 creationRound = requireValidWinner(ticket, ticketHash, sig, recipientRand);
        Sender storage sender = senders[ticket.sender];
        require(isLocked(sender), "sender is unlocked");
        // The whole reserve, though the recipient can claim only a slice of it: he is paid less, and the ticket is used,
        // when the deposit and his slice are short of the face value.
        require(
            sender.deposit + reserves[ticket.sender].funds >= ticket.faceValue,
            "sender deposit and reserve insufficient to cover ticket face value"
        );

        usedTickets[ticketHash] = true;
        uint256 payout = ticket.faceValue;
        if (payout > sender.deposit) {
            uint256 claimed = claim(ticket.sender, ticket.recipient, payout - sender.deposit);
            payout = sender.deposit + claimed;
            sender.deposit = 0;
        } else {
            sender.deposit -= payout;
        }
        if (payout > 0) {
            pay(ticket.recipient, payout, creationRound);
            emit WinningTicketTransfer(ticket.sender, ticket.recipient, payout);
        }
        emit WinningTicketRedeemed(
            ticket.sender,
            ticket.recipient,
            ticket.faceValue,
            ticket.winProb,
            ticket.senderNonce,
            recipientRand,
            ticket.auxData
        );
    }

    /// Passes over a ticket that cannot be redeemed; the events say which were.
    function batchRedeemWinningTickets(
        Ticket[] memory tickets,
        bytes[] memory sigs,
        uint256[] memory recipientRands
    ) external whenSystemNotPaused whenRoundInitialized {
        for (uint256 i = 0; i < tickets.length; i++) {
            try this.redeemWinningTicket(tickets[i], sigs[i], recipientRands[i]) {} catch {}
        }
    }

    function getSenderInfo(
        address sender
    ) external view returns (Sender memory info, ReserveInfo memory reserve) {
        return (senders[sender], getReserveInfo(sender));
    }

    function getReserveInfo(address holder) public view returns (ReserveInfo memory) {
        Reserve storage reserve = reserves[holder];
        return ReserveInfo(reserve.funds, reserve.claimedInRound[roundsManager().currentRound()]);
    }

    /// What is left of the claimant's slice of a reserve in the current round: an equal one for every orchestrator.
    function claimableReserve(address holder, address claimant) public view returns (uint256) {
        uint256 round = roundsManager().currentRound();
        if (!bondingManager().isActiveTranscoder(claimant)) return 0;
        uint256 poolSize = bondingManager().getTranscoderPoolSize();
        if (poolSize == 0) return 0;
        Reserve storage reserve = reserves[holder];
        return (reserve.funds + reserve.claimedInRound[round]) / poolSize - reserve.claimedBy[round][claimant];
    }

    /// In the current round.
    function claimedReserve(address holder, address claimant) external view returns (uint256) {
        return reserves[holder].claimedBy[roundsManager().currentRound()][claimant];
    }

    function isUnlockInProgress(address sender) external view returns (bool) {
        return senders[sender].withdrawRound > 0;
    }

    function getTicketHash(Ticket memory ticket) public pure returns (bytes32) {
        return
            keccak256(
                abi.encodePacked(
                    ticket.recipient,
                    ticket.sender,
                    ticket.faceValue,
                    ticket.winProb,
                    ticket.senderNonce,
                    ticket.recipientRandHash,
                    ticket.auxData
                )
            );
    }

    function addToDeposit(address sender, uint256 amount) private {
        senders[sender].deposit += amount;
    }

    function addToReserve(address holder, uint256 amount) private {
        reserves[holder].funds += amount;
        emit ReserveFunded(holder, amount);
    }

    /// Does nothing when no unlock has begun, or when a stranger calls: who funds for another does not lock him again.
    function cancelUnlockOf(address sender) private {
        if (msg.sender != sender || senders[sender].withdrawRound == 0) return;
        senders[sender].withdrawRound = 0;
        emit UnlockCancelled(sender);
    }

    function claim(address holder, address claimant, uint256 wanted) private returns (uint256 amount) {
        uint256 claimable = claimableReserve(holder, claimant);
        amount = wanted < claimable ? wanted : claimable;
        if (amount == 0) return 0;
        uint256 round = roundsManager().currentRound();
        Reserve storage reserve = reserves[holder];
        reserve.funds -= amount;
        reserve.claimedInRound[round] += amount;
        reserve.claimedBy[round][claimant] += amount;
        emit ReserveClaimed(holder, claimant, amount);
    }

    /// On mainnet the BondingManager makes this check. The devnet's is older: it would divide by the stake of nobody.
    function pay(address recipient, uint256 amount, uint256 creationRound) private {
        IBondingManager manager = bondingManager();
        require(manager.isActiveTranscoder(recipient), "transcoder must be active");
        manager.updateTranscoderWithFees(recipient, amount, creationRound);
    }

    function requireValidWinner(
        Ticket memory ticket,
        bytes32 ticketHash,
        bytes memory sig,
        uint256 recipientRand
    ) private view returns (uint256 creationRound) {
        require(ticket.recipient != address(0), "ticket recipient is null address");
        require(ticket.sender != address(0), "ticket sender is null address");
        creationRound = requireValidAuxData(ticket.auxData);
        require(
            keccak256(abi.encode(recipientRand)) == ticket.recipientRandHash,
            "recipientRand does not match recipientRandHash"
        );
        require(!usedTickets[ticketHash], "ticket is used");
        require(signerOf(ticketHash, sig) == ticket.sender, "invalid signature over ticket hash");
        require(
            uint256(keccak256(abi.encodePacked(sig, recipientRand))) < ticket.winProb,
            "ticket did not win"
        );
    }

    function requireValidAuxData(bytes memory auxData) private view returns (uint256 creationRound) {
        require(auxData.length == 64, "invalid length for ticket auxData: must be 64 bytes");
        bytes32 creationRoundBlockHash;
        (creationRound, creationRoundBlockHash) = abi.decode(auxData, (uint256, bytes32));
        bytes32 blockHash = roundsManager().blockHashForRound(creationRound);
        require(blockHash != 0, "ticket creationRound does not have a block hash");
        require(
            creationRoundBlockHash == blockHash,
            "ticket creationRoundBlockHash invalid for creationRound"
        );
        require(
            creationRound + ticketValidityPeriod > roundsManager().currentRound(),
            "ticket is expired"
        );
    }

    /// Who signed the hash as a personal message. A signature is r, s and v, 65 bytes, with the lower s, and v 27 or 28.
    function signerOf(bytes32 ticketHash, bytes memory sig) private pure returns (address signer) {
        require(sig.length == 65, "INVALID_SIGNATURE_LENGTH");
        bytes32 r;
        bytes32 s;
        uint8 v = uint8(sig[64]);
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
        }
        require(uint256(s) <= HALF_OF_SECP256K1_ORDER, "ECDSA: invalid signature 's' value");
        signer = ecrecover(keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", ticketHash)), v, r, s);
        require(signer != address(0), "ECDSA: invalid signature");
    }

    function isLocked(Sender storage sender) private view returns (bool) {
        return sender.withdrawRound == 0 || roundsManager().currentRound() < sender.withdrawRound;
    }

    function roundsManager() private view returns (IRoundsManager) {
        return IRoundsManager(controller.getContract(keccak256("RoundsManager")));
    }

    function bondingManager() private view returns (IBondingManager) {
        return IBondingManager(controller.getContract(keccak256("BondingManager")));
    }

    function minter() private view returns (IMinter) {
        return IMinter(controller.getContract(keccak256("Minter")));
    }
}
