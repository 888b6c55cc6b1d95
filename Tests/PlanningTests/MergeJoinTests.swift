import Planning
import Testing
import Vocabulary

@Suite struct MergeJoinTests {
    /// A generator of its own, so that a failing seed can be run again (Steele, Lea, Flood: SplitMix64).
    struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func equalsSetAlgebra(seed: UInt64) {
        var random = SplitMix(state: seed)
        let names = ["a-b", "a/b", "a0", "é", "e\u{301}", "😀", "\u{ffff}", "Z", "a", "b/c/d", "b/c-d", "b/c"]
        let local = names.filter { _ in Bool.random(using: &random) }.map { Key($0) }.sorted()
        let remote = names.filter { _ in Bool.random(using: &random) }.map { Key($0) }.sorted()
        var (i, j) = (0, 0)
        var (only, extra, both): ([Key], [Key], [Key]) = ([], [], [])
        while let pairing = Pairing(local: i < local.count ? local[i] : nil, remote: j < remote.count ? remote[j] : nil) {
            switch pairing {
            case .onlyLocal: only.append(local[i]); i += 1
            case .onlyRemote: extra.append(remote[j]); j += 1
            case .both: both.append(local[i]); i += 1; j += 1
            }
        }
        #expect(Set(only) == Set(local).subtracting(remote))
        #expect(Set(extra) == Set(remote).subtracting(local))
        #expect(Set(both) == Set(local).intersection(remote))
    }

    @Test func noticesAStreamThatDoesNotAscend() {
        var ascent = AscentGuard()
        let answers = ["a", "a-b", "a/b", "a0", "a0", "a"].map { ascent.follows(Key($0)) }
        #expect(answers == [true, true, true, true, false, false])
    }
}
