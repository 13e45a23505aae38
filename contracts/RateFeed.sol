// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/**
 * A Chainlink feed that answers what it is told: the devnet's rate, and every answer that must not be believed.
 * Nobody owns it, as it is for devnets only.
 */
contract RateFeed {
    string public description = "ETH / USD";
    uint8 public decimals = 8;
    int256 private answer = 2500e8;
    uint80 private roundId = 1;
    uint80 private answeredInRound = 1;
    /// Seconds since it was last written; all of time when it never was.
    uint256 private age;
    bool private reverting;

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        require(!reverting, "No data present");
        uint256 updatedAt = age > block.timestamp ? 0 : block.timestamp - age;
        return (roundId, answer, updatedAt, updatedAt, answeredInRound);
    }

    function setKind(string calldata description_, uint8 decimals_) external {
        description = description_;
        decimals = decimals_;
    }

    function setAnswer(int256 answer_) external {
        answer = answer_;
    }

    function setAge(uint256 age_) external {
        age = age_;
    }

    function setRound(uint80 roundId_, uint80 answeredInRound_) external {
        roundId = roundId_;
        answeredInRound = answeredInRound_;
    }

    function setReverting(bool reverting_) external {
        reverting = reverting_;
    }
}
