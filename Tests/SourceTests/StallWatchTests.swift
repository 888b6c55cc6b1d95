import Dispatch
import Synchronization
import Testing

@testable import Source

/// Calls to the system that stand still.
@Suite struct StallWatchTests {
    @Test func answersWhatIsAnswered() throws {
        let watch = StallWatch(limit: .seconds(60))
        for number in 0..<100 { #expect(try watch.run { _ in number } == number) }
    }

    /// What stands still is given up, others are done meanwhile, and what comes back at last harms nobody.
    @Test func givesUpWhatStandsStill() throws {
        let watch = StallWatch(limit: .milliseconds(100))
        let gate = DispatchSemaphore(value: 0)
        let cameBack = DispatchSemaphore(value: 0)
        let stall = #expect(throws: Stall.self) {
            try watch.run { mark in
                mark.follow([1])
                gate.wait()
                #expect(mark.isAbandoned)
                cameBack.signal()
            }
        }
        #expect(stall.map { $0.waited > .milliseconds(100) && $0.link == [1] } == true)
        #expect(try StallWatch(limit: .seconds(60)).run { _ in 2 } == 2)
        gate.signal()
        #expect(cameBack.wait(timeout: .now() + 60) == .success)
    }

    @Test func aCancelledTaskWaitsNoLonger() async throws {
        let gate = DispatchSemaphore(value: 0)
        let began = DispatchSemaphore(value: 0)
        let task = Task.detached {
            do throws(Stall) {
                try StallWatch(limit: .seconds(3600)).run { _ in
                    began.signal()
                    gate.wait()
                }
                return false
            } catch {
                return true
            }
        }
        task.cancel()
        #expect(await task.value)
        #expect(began.wait(timeout: .now()) == .success)
        gate.signal()
    }

    /// Several ask at once; none gets another's answer.
    @Test func answersSeveralAtOnce() async throws {
        let watch = StallWatch(limit: .seconds(60))
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 { group.addTask { (try? watch.run { _ in number }) == number } }
            for await isOwn in group { #expect(isOwn) }
        }
    }

    @Test func whatLiesBelowIsNotAskedAgain() {
        let stalls = Stalls()
        #expect(stalls.first == nil && !stalls.cover([]))
        stalls.note(Array("a/b".utf8), isLast: false)
        for (path, isCovered) in [("a/b", true), ("a/b/c", true), ("a/bc", false), ("a", false), ("", false)] {
            #expect(stalls.cover(Array(path.utf8)) == isCovered, "\(path)")
        }
        stalls.note(Array("c".utf8), isLast: false)
        #expect(!stalls.isWhole)
        stalls.note(Array("d".utf8), isLast: false)
        #expect(stalls.isWhole && stalls.cover(Array("e".utf8)) && stalls.first == Array("a/b".utf8))
    }

    @Test(arguments: [("", false), ("a", true)]) func theSourcesOwnFolderIsAll(_ path: String, _ isLast: Bool) {
        let stalls = Stalls()
        stalls.note(Array(path.utf8), isLast: isLast)
        #expect(stalls.isWhole)
    }
}
