import Photo
import Testing

@testable import Configuration

/// Aliases work, and cannot cost unbounded time.
@Suite struct AliasTests {
    @Test func anAliasIsTheValueItRefersTo() throws {
        let text = "targets:\n  a:\n    rules: &wedding\n      - model: A\n        clock-shift: -4h\n  b:\n    rules: *wedding"
        let all = try TargetSelection.resolve(try load(text), environment: [:])
        #expect(all.map { $0.values.rules?.first?.clockShift?.description } == ["-4h", "-4h"])
    }

    /// Ten aliases of ten aliases, as a value.
    static func bomb(levels: Int, as use: String) -> String {
        var text = "source: x\nrules:\n  - &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...levels {
            text += "  - &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
        }
        return text + use
    }

    @Test func valuesAreCounted() throws {
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(complaint(Self.bomb(levels: 12, as: "privacy: *a12\n"))?.contains("more than 10000 values") == true)
        }
        #expect(time < .seconds(2))
    }

    @Test(arguments: [
        "? *a12\n: 1\n", "*a12 : 1\n", "[*a12]: 1\n", "{*a12}: 1\n", "{a: *a12}   : 1\n", "? [*a12]\n: 1\n", "source2: {? *a12 : 1}\n",
    ])
    func keysAreNeverExpanded(_ use: String) throws {
        let clock = ContinuousClock()
        let time = clock.measure { #expect(complaint(Self.bomb(levels: 12, as: use))?.contains("not a plain word") == true) }
        #expect(time < .seconds(2))
    }

    @Test(arguments: [
        "a: &x 1\nb: *x\nendpoint-url: http://${HOST}:9000", "a: &x 1\nb: *x\nendpoint-url: http://${HOST:-127.0.0.1}:9000",
        "a: &x 1\nb: *x\nrules:\n  - path: IMG_????.jpg", "rules:\n  - path: '*x'", "a: 1 # & and * and ?\n", "a: '&x'\n? [b]\n: 1",
    ]) func plainTextIsLeftAlone(_ text: String) { #expect(AliasGuard.complexKey(in: Array(text.utf8)) == nil) }

    @Test(arguments: [50, 900, 100_000]) func deepNestingIsNoCrash(_ depth: Int) {
        let text = "source: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(complaint(text) != nil)
        #expect(complaint("source: " + String(repeating: "{a: ", count: min(depth, 20_000))) != nil)
    }

    @Test func anAliasOfItselfIsAnError() { #expect(complaint("rules: &a [*a]") != nil) }
}
