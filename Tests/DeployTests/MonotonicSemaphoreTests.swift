import Dispatch
import Testing

@testable import Deploy

@Suite struct MonotonicSemaphoreTests {
    @Test func aWaitEndsWithoutASignal() {
        let semaphore = MonotonicSemaphore()
        let began = ContinuousClock.now
        #expect(!semaphore.wait(microseconds: 1500))
        #expect(ContinuousClock.now - began >= .microseconds(1500))
    }

    /// As many waits end as there are signals, whether they came before or come meanwhile.
    @Test func eachSignalEndsOneWait() {
        let semaphore = MonotonicSemaphore()
        for _ in 0..<3 { semaphore.signal() }
        for _ in 0..<3 { #expect(semaphore.wait(microseconds: 0)) }
        #expect(!semaphore.wait(microseconds: 0))
        DispatchQueue.global().async { semaphore.signal() }
        #expect(semaphore.wait(microseconds: 60_000_000))
        #expect(!semaphore.wait(microseconds: 0))
    }
}
