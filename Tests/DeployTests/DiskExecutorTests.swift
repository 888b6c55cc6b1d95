import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import Deploy

@Suite struct DiskExecutorTests {
    /// Work that goes on only once all of it is under way: each thread has to be woken, whoever queued the work.
    @Test(arguments: [1, 2, 4, 8])
    func asMuchIsUnderWayAsThereAreThreads(_ threads: Int) {
        let disk = DiskExecutor(threadCount: threads)
        for _ in 0..<50 {
            let begun = DispatchSemaphore(value: 0)
            let ended = DispatchSemaphore(value: 0)
            let gate = DispatchSemaphore(value: 0)
            for _ in 0..<threads {
                disk.perform {
                    begun.signal()
                    gate.wait()
                    ended.signal()
                }
            }
            for _ in 0..<threads { #expect(begun.wait(timeout: .now() + 60) == .success) }
            for _ in 0..<threads { gate.signal() }
            for _ in 0..<threads { #expect(ended.wait(timeout: .now() + 60) == .success) }
        }
        disk.stop()
    }

    /// Queued from several threads while the executor's own fall asleep and wake: nothing is left lying.
    @Test(arguments: [1, 3])
    func allIsDone(_ threads: Int) {
        let disk = DiskExecutor(threadCount: threads)
        let done = Atomic<Int>(0)
        let last = DispatchSemaphore(value: 0)
        let all = 4 * 5000
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<5000 {
                disk.perform { if done.wrappingAdd(1, ordering: .relaxed).newValue == all { last.signal() } }
            }
        }
        #expect(last.wait(timeout: .now() + 60) == .success)
        #expect(done.load(ordering: .relaxed) == all)
        disk.stop()
    }

    /// What was queued before the end is done all the same.
    @Test func theEndWaitsForWhatIsQueued() {
        let disk = DiskExecutor(threadCount: 2)
        let done = Atomic<Int>(0)
        for _ in 0..<1000 { disk.perform { done.wrappingAdd(1, ordering: .relaxed) } }
        disk.stop()
        #expect(done.load(ordering: .relaxed) == 1000)
    }
}
