import Glibc
import State
import TestSupport
import Testing
import Vocabulary

/// Prints a number; nothing is judged, because a test is built without optimisation.
@Suite(.enabled(if: getenv("GALLERIA_BENCH") != nil)) struct SpeedTests {
    @Test func readingTwoHundredThousandRows() throws {
        let folder = try TemporaryFolder("state")
        let count = 200_000
        let database = try StateDatabase(at: folder.path("state.sqlite"), of: Sample.place)
        let keys = (0..<count).map(Sample.key).sorted()
        let clock = ContinuousClock()
        let writing = clock.measure {
            let writer = StateWriter(database)
            for (n, key) in keys.enumerated() {
                writer.record(.fingerprint(path: key, Sample.fingerprint(n)))
                writer.record(.object(key: key, Sample.object(n)))
                // As a real producer does, it gives the disk a chance.
                if n % 10_000 == 9_999 { sched_yield() }
            }
            print(writer.finish())
        }
        var found = 0
        let reading = try clock.measure {
            let reader = try StateReader(database)
            for key in keys {
                if try reader.fingerprint(of: key, passing: { _ in }) != nil { found += 1 }
                if try reader.object(at: key, passing: { _ in }) != nil { found += 1 }
            }
        }
        print("state: \(2 * count) rows written in \(writing), \(found) read in \(reading)")
        #expect(found > 0)
    }
}
