import Testing
import Vocabulary

@testable import S3

/// The number of requests in flight, as a model of a network and a server moves it. Nothing here takes time or chance.
@Suite struct JobControlTests {
    /// A link with a round trip and a bandwidth, a server that serves so many requests a second and throttles when asked by more than so many.
    struct World {
        var roundTrip = 0.030
        var bytesPerSecond = 1e9
        var requestsPerSecond = 1e6
        var throttlesAbove = Int.max
        var requestSize: Int64 = 12_000
        /// From time to time everything stands still for so many seconds: the machine is busy with something else.
        var hiccup = 0.0

        /// Runs for so many seconds with every place taken, and answers the limit at the end, the highest and lowest of the last half, and how many requests
        /// were answered.
        func run(
            _ control: inout JobControl, seconds: Double, busy: Double = 1
        ) -> (last: Int, lowest: Int, highest: Int, answered: Int) {
            var now = 0.0
            var lowest = Int.max
            var highest = 0
            var answered = 0
            var nextHiccup = 0.31
            while now < seconds {
                let inFlight = max(1, Int(Double(control.limit) * busy))
                let latency = max(
                    roundTrip, Double(inFlight) * Double(requestSize) / bytesPerSecond, Double(inFlight) / requestsPerSecond)
                now += latency / Double(inFlight)
                if hiccup > 0, now >= nextHiccup {
                    now += hiccup
                    nextHiccup = now + 0.53
                }
                let isThrottled = inFlight > throttlesAbove
                if !isThrottled { answered += 1 }
                control.note(
                    isThrottled ? .throttled : .answered, bytes: requestSize, inFlight: inFlight, now: Int64(now * 1e9))
                if now > seconds / 2 {
                    lowest = min(lowest, control.limit)
                    highest = max(highest, control.limit)
                }
            }
            return (control.limit, lowest, highest, answered)
        }
    }

    @Test func beginsWithSixteen() {
        #expect(JobControl(.automatic).limit == 16)
        #expect(JobControl(.fixed(5)).limit == 5)
    }

    /// Small files over a long way are bound by files × round trip ÷ connections: every place helps.
    @Test func growsToTheCeilingWhereLatencyBinds() {
        var control = JobControl(.automatic)
        // Four doublings, each after the round trip of what was under way and a window.
        #expect(World().run(&control, seconds: 1).last == 256)
    }

    /// A window in which the machine was busy does not end the growth.
    @Test(arguments: [0.05, 0.1, 0.2]) func hiccupsDoNotKeepItSmall(_ hiccup: Double) {
        var control = JobControl(.automatic)
        #expect(World(hiccup: hiccup).run(&control, seconds: 8).last >= 192)
    }

    @Test(arguments: [
        // The server's processor, the line, or both are used up by 16 already.
        World(roundTrip: 0.001, requestsPerSecond: 4000), World(roundTrip: 0.030, bytesPerSecond: 2e6, requestSize: 1_000_000),
        World(roundTrip: 0.0001, bytesPerSecond: 1e9, requestsPerSecond: 10_000),
    ])
    func staysWhereMoreBringsNothing(_ world: World) {
        var control = JobControl(.automatic)
        let (_, lowest, highest, _) = world.run(&control, seconds: 600)
        #expect(lowest == 16)
        // It tries a quarter more once in a while.
        #expect(highest <= 20)
    }

    @Test func stopsNearWhatIsEnough() {
        // 60 requests in flight use the server up.
        var control = JobControl(.automatic)
        let (_, lowest, highest, _) = World(roundTrip: 0.030, requestsPerSecond: 2000).run(&control, seconds: 60)
        #expect(lowest >= 54 && highest <= 100, "\(lowest)...\(highest)")
    }

    @Test func freePlacesAreNoReasonForMore() {
        var control = JobControl(.automatic)
        #expect(World().run(&control, seconds: 30, busy: 0.5).last == 16)
    }

    @Test func throttlingHalvesOncePerSecond() {
        var control = JobControl(.automatic)
        for _ in 0..<16 { control.note(.throttled, bytes: 0, inFlight: 16, now: 1_000) }
        #expect(control.limit == 8)
        control.note(.throttled, bytes: 0, inFlight: 8, now: 1_000_001_000)
        #expect(control.limit == 4)
        for second in 2..<9 { control.note(.throttled, bytes: 0, inFlight: 1, now: Int64(second) * 1_000_000_001) }
        #expect(control.limit == 1)
    }

    @Test func hoversBelowWhatTheServerBears() {
        var control = JobControl(.automatic)
        let (_, lowest, highest, answered) = World(throttlesAbove: 40).run(&control, seconds: 120)
        #expect(lowest >= 20 && highest <= 41, "\(lowest)...\(highest)")
        // Of the 40 in 30 ms that it bears, most.
        #expect(Double(answered) > 0.7 * 120 * 40 / 0.030, "\(answered)")
    }

    @Test func aFixedNumberIsACeiling() {
        var control = JobControl(.fixed(128))
        #expect(World().run(&control, seconds: 10).highest == 128)
        // Throttled it gives way all the same, and comes back.
        control.note(.throttled, bytes: 0, inFlight: 128, now: 20_000_000_000)
        #expect(control.limit == 64)
        #expect(World().run(&control, seconds: 200).last == 128)
    }

    @Test func failedConnectionsTellNothing() {
        var control = JobControl(.automatic)
        for n in 0..<10_000 { control.note(.unanswered, bytes: 0, inFlight: 16, now: Int64(n) * 10_000_000) }
        #expect(control.limit == 16)
    }
}

/// The places themselves.
@Suite struct RequestSlotsTests {
    @Test(arguments: [1, 3, 16]) func neverMoreThanThereArePlaces(_ jobs: Int) async {
        let slots = RequestSlots(.fixed(jobs))
        let seen = Seen()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await slots.take()
                    await seen.enter()
                    await Task.yield()
                    await seen.leave()
                    slots.giveBack(.answered, bytes: 1)
                }
            }
        }
        #expect(await seen.highest <= jobs)
        #expect(await seen.total == 200)
    }

    private actor Seen {
        var now = 0
        var highest = 0
        var total = 0
        func enter() {
            now += 1
            total += 1
            highest = max(highest, now)
        }
        func leave() { now -= 1 }
    }

    /// A place is not kept while a request waits to be tried again.
    @Test func aWaitingRequestHoldsNoPlace() async throws {
        let stage = try Stage([.error(503, "SlowDown"), .error(503, "SlowDown"), .answer(204)])
        try await stage.client.deleteObject(Key("a"))
        #expect(stage.client.requestLimit == 256 / 2)
        let other = try Stage([.answer(204)])
        try await other.client.deleteObject(Key("a"))
        #expect(other.client.requestLimit == 256)
    }
}
