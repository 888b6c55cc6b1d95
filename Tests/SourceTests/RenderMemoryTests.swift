import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Source

@Suite struct RenderMemoryTests {
    /// Threads that hold memory until they are told to let go.
    private final class Holders: Sendable {
        private let memory: RenderMemory
        private let state = Mutex((inside: [Int64](), doors: [DispatchSemaphore](), peak: Int64(0)))

        init(limit: Int64) { memory = RenderMemory(limit: limit) }

        /// What is held now, in the order in which it was got.
        var inside: [Int64] { state.withLock { $0.inside } }
        /// The most that was held at once.
        var peak: Int64 { state.withLock { $0.peak } }

        /// How many wait.
        var waiting: Int { memory.waitingCount }

        /// Begins to want so many bytes.
        func want(_ bytes: Int64) {
            Thread.detachNewThread { [self] in
                memory.holding(bytes) {
                    let door = DispatchSemaphore(value: 0)
                    state.withLock { state in
                        state.inside.append(bytes)
                        state.doors.append(door)
                        state.peak = max(state.peak, state.inside.reduce(0, +))
                    }
                    door.wait()
                }
            }
        }

        /// The one that got in first lets go.
        func letGo() {
            let door = state.withLock { state in
                state.inside.removeFirst()
                return state.doors.removeFirst()
            }
            door.signal()
        }
    }

    @Test func whatFitsIsHeldAtOnceAndTheRestWaitsItsTurn() async throws {
        let holders = Holders(limit: 100)
        holders.want(50)
        try await until { holders.inside == [50] }
        holders.want(40)
        try await until { holders.inside == [50, 40] }
        // Larger than all there is: it waits until nothing else is held, and those after it wait for it.
        holders.want(500)
        try await until { holders.waiting == 1 }
        holders.want(10)
        try await until { holders.waiting == 2 }
        #expect(holders.inside == [50, 40])
        holders.letGo()
        holders.letGo()
        try await until { holders.inside == [500] }
        #expect(holders.waiting == 1)
        holders.letGo()
        try await until { holders.inside == [10] }
        holders.letGo()
        #expect(holders.peak == 500)
    }

    @Test func neverMoreThanTheLimitIsHeld() async throws {
        let holders = Holders(limit: 100)
        for bytes in [30, 30, 30, 30, 70, 20, 50, 50] as [Int64] { holders.want(bytes) }
        var done = 0
        while done < 8 {
            try await until { !holders.inside.isEmpty }
            holders.letGo()
            done += 1
        }
        #expect(holders.peak <= 100 && holders.peak >= 70)
    }
}
