import Photo
import Testing
import Vocabulary

@testable import Configuration

@Suite struct ExpansionTests {
    static let environment = ["HOME": "/home/ada", "YEAR": "2024", "EMPTY": "", "ODD": "a: ${YEAR} $$ 'x'", "_a1": "ok"]

    static let table: [(String, String)] = [
        ("plain", "plain"), ("${YEAR}", "2024"), ("s3://b/${YEAR}/x", "s3://b/2024/x"), ("${YEAR}${YEAR}", "20242024"),
        ("${NOPE:-2023}", "2023"), ("${NOPE:-}", ""), ("${EMPTY}", ""), ("${EMPTY:-x}", "x"), ("${YEAR:-x}", "2024"),
        ("${NOPE:-a:-b}", "a:-b"), ("${NOPE:-$x}", "$x"), ("$$", "$"), ("$${YEAR}", "${YEAR}"), ("$$$$", "$$"), ("$", "$"), ("a$", "a$"),
        ("$YEAR", "$YEAR"), ("$1", "$1"), ("${_a1}", "ok"), ("ü${YEAR}ü", "ü2024ü"),
        // What a variable holds is not read again, neither as an expansion nor as YAML.
        ("${ODD}", "a: ${YEAR} $$ 'x'"),
    ]

    @Test(arguments: table) func expands(_ text: String, _ expected: String) throws {
        #expect(try Expansion.expand(text, environment: Self.environment) == expected)
    }

    static let refused: [(String, Expansion.Failure)] = [
        ("${NOPE}", .unset("NOPE")), ("x${NOPE}y", .unset("NOPE")), ("${", .malformed("${")), ("a${YEAR", .malformed("${YEAR")),
        ("${}", .malformed("${}")), ("${:-x}", .malformed("${:-x}")), ("${YEAR:+x}", .malformed("${YEAR:+x}")),
        ("${YEAR:}", .malformed("${YEAR:}")), ("${YEAR-x}", .malformed("${YEAR-x}")), ("${ YEAR}", .malformed("${ YEAR}")),
        ("${1}", .malformed("${1}")), ("${ÄÖ}", .malformed("${ÄÖ}")),
    ]

    @Test(arguments: refused) func refuses(_ text: String, _ failure: Expansion.Failure) {
        #expect(throws: failure) { try Expansion.expand(text, environment: Self.environment) }
    }

    @Test func everyValueOfTheFileIsExpanded() throws {
        let read = try settings(
            """
            source: ${DIR}/public
            destination: "s3://${BUCKET:-gallery}/x"
            jobs: ${JOBS}
            privacy: ['${WHAT}', gps]
            rules:
              - path: '${DIR}/**'
                clock-shift: ${SHIFT:--4h}
            """, environment: ["DIR": "site", "JOBS": "4", "WHAT": "owner"])
        #expect(read.values.source == "conf/site/public")
        #expect(read.values.destination == "s3://gallery/x")
        #expect(read.jobs == 4)
        #expect(read.privacy == [.owner, .gps])
        #expect(read.values.rules?.first?.path?.pattern == "site/**")
        #expect(read.values.rules?.first?.clockShift?.seconds == -4 * 3600)
    }

    @Test func keysAreNot() { #expect(complaint("${KEY}: 4", environment: ["KEY": "jobs"])?.contains("is no setting") == true) }
}
