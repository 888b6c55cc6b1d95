import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Deploy

@Suite struct DiskExecutorTests {
    /// Work that goes on only once all of it is under way: each thread has to be woken, whoever queued the work.
    @Test(arguments: [1, 2, 4, 8], [false, true])
    func asMuchIsUnderWayAsThereAreThreads(_ threads: Int, _ savesThreads: Bool) {
        let disk = DiskExecutor(threadCount: threads)
        disk.savesThreads(savesThreads)
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

    /// Also while it changes over and over whether threads are saved.
    @Test func changesLoseNothing() {
        let disk = DiskExecutor(threadCount: 3, pause: 50)
        let done = DispatchSemaphore(value: 0)
        for n in 0..<5000 {
            disk.savesThreads(n & 4 == 0)
            disk.perform { done.signal() }
            if n % 3 == 0 { disk.perform { done.signal() } }
        }
        for _ in 0..<6667 { #expect(wait(done)) }
        disk.stop()
    }

    /// Queued from several threads while the executor's own fall asleep and wake: nothing is left lying.
    @Test(arguments: [1, 3], [false, true])
    func allIsDone(_ threads: Int, _ savesThreads: Bool) {
        let disk = DiskExecutor(threadCount: threads)
        disk.savesThreads(savesThreads)
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

    /// A thread that works is left to do what comes meanwhile; no other is woken for it before the lookout looks, which here it does after the test.
    @Test func whatComesIsLeftToAThreadThatWorks() async throws {
        let disk = DiskExecutor(threadCount: 3, pause: 1_000_000_000)
        disk.savesThreads(true)
        // Which thread looks out is settled where one has had work.
        while !disk.hasLookout || disk.idleThreads < 3 {
            disk.perform {}
            await Task.yield()
        }
        let threads = Mutex<[UInt]>([])
        let begun = DispatchSemaphore(value: 0)
        let gate = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        let note: @Sendable () -> Void = { threads.withLock { $0.append(UInt(pthread_self())) } }
        disk.perform {
            note()
            begun.signal()
            gate.wait()
        }
        #expect(wait(begun))
        for _ in 0..<100 { disk.perform(note) }
        disk.perform {
            note()
            ended.signal()
        }
        #expect(disk.idleThreads == 2)
        gate.signal()
        #expect(wait(ended))
        #expect(Set(threads.withLock { $0 }).count == 1)
        disk.stop()
    }

    /// Where the thread at work stands still, the lookout takes what waits, and all threads come to be at work.
    @Test func whatWaitsIsTakenFromAThreadThatStandsStill() async throws {
        let disk = DiskExecutor(threadCount: 3, pause: 500)
        disk.savesThreads(true)
        while !disk.hasLookout || disk.idleThreads < 3 {
            disk.perform {}
            await Task.yield()
        }
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        for _ in 0..<3 {
            disk.perform {
                begun.signal()
                gate.wait()
            }
        }
        for _ in 0..<3 { #expect(wait(begun)) }
        #expect(disk.idleThreads == 0)
        for _ in 0..<3 { gate.signal() }
        disk.stop()
    }

    /// Nobody counts on a thread that has stood still for a while: what comes then is not left to it, however many come.
    @Test func aThreadThatStandsStillIsNotCountedOn() async throws {
        let disk = DiskExecutor(threadCount: 3, pause: 100)
        disk.savesThreads(true)
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        disk.perform {
            begun.signal()
            gate.wait()
        }
        #expect(wait(begun))
        // Who had work looks out afterwards.
        let done = DispatchSemaphore(value: 0)
        disk.perform { done.signal() }
        #expect(wait(done))
        // It sleeps only where it counts on nobody.
        await expectSleep(of: 2, disk)
        for _ in 0..<100 {
            disk.perform { done.signal() }
            #expect(wait(done))
        }
        gate.signal()
        disk.stop()
    }

    /// After a while without work nobody looks any more; what comes then is done all the same.
    @Test func anIdleExecutorSleeps() async throws {
        let disk = DiskExecutor(threadCount: 2, pause: 100)
        disk.savesThreads(true)
        let done = DispatchSemaphore(value: 0)
        disk.perform { done.signal() }
        #expect(wait(done))
        await expectSleep(of: 2, disk)
        for _ in 0..<10 {
            disk.perform { done.signal() }
            #expect(wait(done))
        }
        disk.stop()
    }

    /// Waits until so many threads sleep, and none looks out.
    private func expectSleep(of threads: Int, _ disk: DiskExecutor) async {
        let deadline = ContinuousClock.now + .seconds(60)
        while disk.hasLookout || disk.idleThreads < threads, .now < deadline { await Task.yield() }
        #expect(!disk.hasLookout && disk.idleThreads == threads)
    }

    private func wait(_ semaphore: DispatchSemaphore) -> Bool { semaphore.wait(timeout: .now() + 60) == .success }

    /// What was queued before the end is done all the same.
    @Test func theEndWaitsForWhatIsQueued() {
        let disk = DiskExecutor(threadCount: 2)
        let done = Atomic<Int>(0)
        for _ in 0..<1000 { disk.perform { done.wrappingAdd(1, ordering: .relaxed) } }
        disk.stop()
        #expect(done.load(ordering: .relaxed) == 1000)
    }
}
