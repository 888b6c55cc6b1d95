import Configuration
import Photo
import TestSupport
import Testing
import Vocabulary

@Suite struct CaptureTimesFileTests {
    static func read(_ text: String, source: String? = nil) throws(CaptureTimesError) -> [String: String] {
        let times = try CaptureTimesFile.read(Array(text.utf8), path: "times", source: source)
        return Dictionary(
            uniqueKeysWithValues: times.rows.map { ($0.key.string, "\($0.value.time)\($0.value.offset.map { " \($0)" } ?? "")") })
    }

    static let time = "2024:06:15 10:30:45"

    static let good: [(String, [String: String])] = [
        // CSV.
        ("path,capture time\na.jpg,2024-06-15 10:30:45\n", ["a.jpg": time]),
        (
            "path,capture-time,offset\r\na.jpg,2024:06:15 10:30:45,+02:00\r\nb.jpg,2024-06-15T10:30:45,\r\n",
            ["a.jpg": time + " +02:00", "b.jpg": time]
        ),
        ("\u{FEFF}path,capture_time\na.jpg,2024-06-15 10:30:45", ["a.jpg": time]),
        ("\"path\",\"capture time\"\n\"a, b \"\"c\"\".jpg\",\"2024-06-15 10:30:45\"\n", ["a, b \"c\".jpg": time]),
        ("capture time,note,path\n2024-06-15 10:30:45,\"two\nlines\",a.jpg\n\n\n", ["a.jpg": time]),
        ("path;capture time;offset\na.jpg;2024-06-15 10:30:45;-05:00\n", ["a.jpg": time + " -05:00"]),
        ("path\tcapture time\na,b.jpg\t2024-06-15 10:30:45\n", ["a,b.jpg": time]),
        ("SourceFile,DateTimeOriginal,OffsetTimeOriginal\n./x/a.jpg,2024:06:15 10:30:45,+05:45\n", ["x/a.jpg": time + " +05:45"]),
        (
            "path,time\na.jpg\u{308},2024-06-15 10:30:45\na\u{308}.jpg,2024-06-15 10:30:45",
            ["a.jpg\u{308}": time, "a\u{308}.jpg": time]
        ),
        // Times.
        ("path,time\na,2024-06-15T10:30:45Z", ["a": time + " +00:00"]), ("path,time\na,2024-06-15T10:30:45.123456", ["a": time]),
        ("path,time\na,2024-06-15T10:30:45.5+02:00", ["a": time + " +02:00"]),
        ("path,time\na,2024-06-15T10:30:45-0500", ["a": time + " -05:00"]),
        ("path,time,offset\na,2024-06-15T10:30:45+02:00,+02:00", ["a": time + " +02:00"]),
        ("path,time\na, 2024-06-15 10:30:45 ", ["a": time]),
        // JSON.
        ("[]", [:]), ("{}", [:]), ("{\"a.jpg\": \"2024-06-15 10:30:45\"}", ["a.jpg": time]),
        ("\u{FEFF} {\"a.jpg\": {\"capture-time\": \"2024-06-15 10:30:45\", \"offset\": \"+02:00\"}}", ["a.jpg": time + " +02:00"]),
        ("[{\"path\": \"a.jpg\", \"capture_time\": \"2024-06-15 10:30:45\", \"offset\": null, \"iso\": 100}]", ["a.jpg": time]),
        ("[{\"SourceFile\": \"a.jpg\", \"DateTimeOriginal\": \"2024:06:15 10:30:45\"}]", ["a.jpg": time]),
        ("{\"\\u00e4\\/\\ud83d\\ude00.jpg\": \"2024-06-15 10:30:45\"}", ["ä/😀.jpg": time]),
        // The replaced program's file.
        (
            "{\"schema_version\": \"1.0\", \"photos\": [{\"id\": \"x\", \"original_path\": \"full/a.jpg\", \"exif\": {\"original_timestamp\": "
                + "\"2024-06-15T14:30:45\", \"corrected_timestamp\": \"2024-06-15T10:30:45\", \"camera\": {\"make\": \"Canon\"}}}, "
                + "{\"original_path\": \"b.jpg\", \"exif\": {\"corrected_timestamp\": null}}, {\"original_path\": \"c.jpg\"}]}",
            ["full/a.jpg": time]
        ),
        (
            "{\"photos\": [{\"original_path\": \"a.jpg\", \"exif\": {\"corrected_timestamp\": \"2024-06-15T10:30:45\", \"timezone_corrected\": \"+02:00\"}}]}",
            ["a.jpg": time + " +02:00"]
        ),
    ]

    @Test(arguments: good) func reads(_ text: String, _ expected: [String: String]) throws {
        #expect(try Self.read(text).mapValues { $0 } == expected)
    }

    @Test func spellingsOfOneLetterAreTwoPaths() throws {
        let text = "{\"\u{E4}.jpg\": \"2024-06-15 10:30:45\", \"a\u{308}.jpg\": \"2024-06-15 10:30:46\"}"
        let rows = try CaptureTimesFile.read(Array(text.utf8), path: "times").rows
        #expect(rows.count == 2)
        #expect(rows[Key("a\u{308}.jpg")]?.time == CaptureTime(2024, 6, 15, 10, 30, 46))
    }

    @Test func absolutePathsLieBelowTheSource() throws {
        let text = "path,time\n/g/a.jpg,2024-06-15 10:30:45"
        for source in ["/g", "/g/"] { #expect(try Self.read(text, source: source) == ["a.jpg": Self.time]) }
        #expect(try Self.read(text, source: "/") == ["g/a.jpg": Self.time])
        for source in ["/", "/g/a", "/gg", nil] where source != "/" {
            #expect(throws: CaptureTimesError.self) { try Self.read(text, source: source) }
        }
    }

    static let bad: [(String, String)] = [
        ("", "times: no path. There is: nothing"), ("path\na.jpg", "times:1:1: no capture-time. There is: path"),
        ("time\n2024-06-15 10:30:45", "times:1:1: no path. There is: time"),
        ("path,file,time\na,b,c", "times:1:1: “path” and “file” mean the same"),
        ("path,time\na.jpg,2024-06-15", "times:2:1: row 1: “a.jpg”: '2024-06-15' is no capture time"),
        ("path,time\n\na.jpg,2024-02-30 10:00:00", "times:3:1: row 1: “a.jpg”: '2024-02-30 10:00:00' is no capture time"),
        ("path,time\na.jpg,", "times:2:1: row 1: “a.jpg” has no capture time"),
        ("path,time\na.jpg", "times:2:1: row 1: “a.jpg” has no capture time"),
        ("path,time,offset\na,2024-06-15 10:30:45,+2", "times:2:1: row 1: “a”: '+2' is no offset"),
        ("path,time,offset\na,2024-06-15 10:30:45,CEST", "times:2:1: row 1: “a”: 'CEST' is no offset"),
        ("path,time,offset\na,2024-06-15T10:30:45Z,+02:00", "times:2:1: row 1: “a”: the time says +00:00, the offset says +02:00"),
        ("path,time\na,2024-06-15T10:30:45+0210", "times:2:1: row 1: “a”: '+02:10' is no offset"),
        ("path,time\na,2024-06-15T10:30:45 CET", "times:2:1: row 1: “a”: '2024-06-15T10:30:45 CET' is no capture time"),
        (
            "path,time\na,2024-06-15 10:30:45\nb,2024-06-15 10:30:45\n./a,2024-06-15 10:30:45",
            "times:4:1: row 3: “./a” has a time already, in row 1"
        ),
        ("path,time\na,b,c", "times:2:1: row 1: more fields than the header"),
        ("path,time\n,2024-06-15 10:30:45", "times:2:1: row 1: “” is no path below the source: it is empty"),
        ("path,time\n../a,2024-06-15 10:30:45", "times:2:1: row 1: “../a” is no path below the source"),
        ("path,time\na//b,2024-06-15 10:30:45", "times:2:1: row 1: “a//b” is no path below the source"),
        ("path,time\n/a,2024-06-15 10:30:45", "times:2:1: row 1: “/a” is no path below the source: it is absolute"),
        ("path,time\n\"a,2024-06-15 10:30:45", "times:2:1: a quotation mark that is never closed"),
        ("path,time\na\"b,2024-06-15 10:30:45", "times:2:2: a quotation mark within a field"),
        ("path,time\n\"a\"b,2024-06-15 10:30:45", "times:2:4: text behind the closing quotation mark"),
        ("{\"a\": \"2024-06-15 10:30:45\", \"a\": \"2024-06-15 10:30:45\"}", "times:1:30: row 2: “a” has a time already, in row 1"),
        ("{\"a\": 5}", "times:1:2: row 1: neither a text nor an object"),
        ("[\"2024-06-15 10:30:45\"]", "times:1:2: row 1: a text where a row belongs"),
        ("[{\"time\": \"2024-06-15 10:30:45\"}]", "times:1:2: row 1: no path. There is: time"),
        ("[\n {\"path\": \"a\"}]", "times:2:2: row 1: “a” has no capture time"), ("[{\"path\": 5}]", "times:1:2: row 1: “path” is no text"),
        ("[{\"path\": \"a\", \"file\": \"b\"}]", "times:1:2: row 1: “path” and “file” mean the same"),
        ("{\"photos\": [{\"path\": \"a\"}]}", "times:1:13: row 1: no original_path. There is: path"),
        (
            "{\"photos\": [{\"original_path\": \"a\", \"exif\": {\"corrected_timestamp\": 5}}]}",
            "times:1:13: row 1: “corrected_timestamp” is no text"
        ),
        ("{\"a\": }", "times:1:7: no JSON value"), ("{\"a\" \"b\"}", "times:1:6: no colon"), ("{a: 1}", "times:1:2: no member's name"),
        ("[1 2]", "times:1:4: no comma"), ("[1,]", "times:1:4: a comma before the end"), ("[", "times:1:2: no JSON value"),
        ("[]x", "times:1:3: text behind the end"), ("{\"a", "times:1:2: a text that is never closed"),
        ("[\"\\x\"]", "times:1:4: an escape"),
        ("[\"\\ud800\"]", "times:1:9: half of a surrogate pair"), ("[\"\\ud800\\u0041\"]", "times:1:15: half of a surrogate pair"),
        ("[\"\\udc00\"]", "times:1:9: half of a surrogate pair"), ("[\"\\u12\"]", "times:1:5: an escape"),
        ("[\"a\tb\"]", "times:1:4: a control character"),
        ("[truee]", "times:1:2: no JSON value"), ("[0x1]", "times:1:2: no JSON value"), ("[+1]", "times:1:2: no JSON value"),
        ("[nan]", "times:1:2: no JSON value"), ("[-infinity]", "times:1:2: no JSON value"),
        (String(repeating: "[", count: 100_000), "times:1:65: nested more than 64 deep"),
    ]

    @Test(arguments: bad) func saysWhereAndWhat(_ text: String, _ words: String) {
        let error = #expect(throws: CaptureTimesError.self) { try Self.read(text) }
        #expect(error?.description.hasPrefix(words) == true, "\(error?.description ?? "nothing")")
    }

    @Test func reportsManyRowsAtOnce() {
        let text = "path,time\n" + (1...30).map { "p\($0),never\n" }.joined()
        let error = #expect(throws: CaptureTimesError.self) { try Self.read(text) }
        #expect(error?.faults.count == 30)
        let lines = error?.description.split(separator: "\n") ?? []
        #expect(lines.count == 21 && lines.last == "times: and 10 more.")
    }

    @Test func aFieldThatIsNotUTF8IsSaidSo() {
        let error = #expect(throws: CaptureTimesError.self) {
            try CaptureTimesFile.read(Array("path,time\n".utf8) + [0xE4] + Array(".jpg,2024-06-15 10:30:45".utf8), path: "times")
        }
        #expect(error?.description.hasPrefix("times:2:1: a field that is not UTF-8") == true)
    }

    @Test func readsFromTheDisk() throws {
        let folder = try TemporaryFolder("capture-times")
        try folder.write("path,time\n\(folder.path)/g/a.jpg,2024-06-15 10:30:45\n", to: "times.csv")
        let times = try CaptureTimesFile.load(path: folder.path("times.csv"), source: folder.path("g"))
        #expect(times.rows == [Key("a.jpg"): CaptureTimes.Row(time: try CaptureTime(parsing: Self.time))])
        let error = #expect(throws: CaptureTimesError.self) { try CaptureTimesFile.load(path: "/nope.csv", source: nil) }
        #expect(error?.description == "/nope.csv: the capture times cannot be read: No such file or directory.")
    }

    @Test func manyRowsAreReadInLinearTime() throws {
        let text = "path,time\n" + (0..<50_000).map { "photos/IMG_\($0).jpg,2024-06-15 10:30:45\n" }.joined()
        let clock = ContinuousClock()
        var count = 0
        let time = try clock.measure { count = try CaptureTimesFile.read(Array(text.utf8), path: "times").rows.count }
        #expect(count == 50_000)
        #expect(time < .seconds(20), "\(time)")
    }
}
