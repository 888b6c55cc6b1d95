import Planning
import S3
import Source
import TestSupport
import Testing
import Vocabulary

@testable import Deploy

/// Deletions rest upon this stream: a key that is not delivered looks deleted, one that is delivered twice breaks the merge.
@Suite struct RemoteListingTests {
    private let folder: TemporaryFolder
    private let files: SourceFiles

    init() throws {
        folder = try TemporaryFolder("listing")
        files = SourceFiles(Walk(try SourceFolder(folder.path)) { _ in nil })
    }

    private func list(_ store: ListingStore, cuts: [String], window: Int) async throws -> [String] {
        var listing = RemoteListing(
            of: try store.client(), below: Prefix(""), cuts: ListingCuts(below: Prefix(""), known: cuts.map { Key($0) }, else: files),
            window: window)
        var found: [String] = []
        while let object = try await listing.nextObject() { found.append(object.key.string) }
        return found
    }

    /// Keys whose order in bytes is neither that of numbers nor of a dictionary.
    private static func key(_ n: Int) -> String {
        let folder = ["a/", "B", "z-", "z/"][n % 4]
        return folder + String(n * 37 % 1000 + 1000)
    }

    @Test(arguments: 0..<300) func everyKeyComesOnceAndInOrder(_ seed: Int) async throws {
        var random = SplitMix(state: UInt64(seed))
        func some(_ share: UInt64) -> Set<String> {
            var chosen: Set<String> = []
            for n in 0..<200 where random.next() % 100 < share { chosen.insert(Self.key(n)) }
            return chosen
        }
        let keys = some(random.next() % 101)
        // Cuts are guesses: keys that are there, keys that are not, many or few, where nothing is and where everything is.
        let cuts = some(random.next() % 40).sorted { Key($0) < Key($1) }
        let store = ListingStore(keys, pageSize: Int(random.next() % 20) + 1)
        let found = try await list(store, cuts: cuts, window: Int(random.next() % 8) + 1)
        #expect(found == keys.sorted { Key($0) < Key($1) })
    }

    @Test(arguments: [1, 2, 16]) func exactCutsCostNoRequestMore(_ window: Int) async throws {
        let keys = (1000..<1200).map { String($0) }
        let cuts = stride(from: 9, to: 199, by: 10).map { keys[$0] }
        let store = ListingStore(Set(keys), pageSize: 10)
        #expect(try await list(store, cuts: cuts, window: window) == keys)
        #expect(store.requestCount == 20)
    }

    @Test(arguments: [0, 1, 50]) func onePageIsOneRequest(_ count: Int) async throws {
        let keys = (1000..<1000 + count).map { String($0) }
        let store = ListingStore(Set(keys), pageSize: 50)
        #expect(try await list(store, cuts: (1000..<1100).map { String($0) }, window: 16) == keys.sorted())
        #expect(store.requestCount == 1)
    }

    /// What a server in disorder does must be visible to the merge, which then lists anew without cuts; never does a key come up that is not there.
    @Test(arguments: [ListingStore.Habit.ignoresStart, .otherOrder]) func disorderIsSeen(_ habit: ListingStore.Habit) async throws {
        let keys = Set((1000..<1100).map { (n: Int) -> String in n % 2 == 0 ? "a\(n)" : "B\(n)" })
        let cuts = stride(from: 1005, to: 1100, by: 10).map { "a\($0)" }
        let store = ListingStore(keys, pageSize: 10, habit: habit)
        let found = try await list(store, cuts: cuts, window: 4)
        #expect(Set(found).isSubset(of: keys))
        var ascent = AscentGuard()
        let ascends = found.allSatisfy { ascent.follows(Key($0)) }
        #expect(!ascends || Set(found) == keys)
    }
}

/// Sebastiano Vigna's splitmix64: a seed gives the same bucket every time.
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
