import Testing

@testable import galleria_deploy

@Suite struct QuantityTests {
    @Test(
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1249, "1.2 kB"), (9949, "9.9 kB"), (9951, "10 kB"), (999_499, "999 kB"),
            (999_500, "1.0 MB"), (4_000_000, "4.0 MB"), (3_221_225_472, "3.2 GB"), (Int64.max, "9223 PB"),
        ] as [(Int64, String)])
    func writesBytes(count: Int64, expected: String) {
        #expect(Quantity.bytes(count) == expected)
    }

    @Test(arguments: [
        (Duration.milliseconds(40), "0.0 s"), (.milliseconds(440), "0.4 s"), (.milliseconds(9960), "10 s"), (.seconds(59), "59 s"),
        (.seconds(60), "1 min 00 s"), (.seconds(200), "3 min 20 s"), (.seconds(7500), "2 h 05 min"),
    ])
    func writesDurations(duration: Duration, expected: String) {
        #expect(Quantity.seconds(duration) == expected)
    }

    @Test(arguments: [(0, "0 files"), (1, "1 file"), (2, "2 files")])
    func counts(n: Int, expected: String) {
        #expect(Quantity.count(n, "file") == expected)
    }
}
