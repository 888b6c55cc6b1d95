internal import ArgumentParser
internal import Foundation
internal import Photo
internal import Vocabulary

/// `galleria-deploy exif shift WRONG RIGHT`: from what a camera's clock showed and what it should have shown, the option and the rule to write.
struct ExifShiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift", abstract: "Work out the clock shift from a wrong and a right time.",
        usage: "galleria-deploy exif shift WRONG RIGHT\ngalleria-deploy exif shift --was WRONG --is RIGHT",
        discussion:
            "Times are written '2024:06:15 10:30:45' or 2024-06-15T10:30:45. The shift is what is added: a camera four hours fast needs -4h."
    )

    @Argument(help: ArgumentHelp("What the camera recorded.", valueName: "wrong"))
    var wrong: String?

    @Argument(help: ArgumentHelp("What the time really was.", valueName: "right"))
    var right: String?

    @Option(help: ArgumentHelp("What the camera recorded.", valueName: "time"))
    var was: String?

    @Option(help: ArgumentHelp("What the time really was.", valueName: "time"))
    var `is`: String?

    func validate() throws {
        guard (wrong != nil) == (right != nil), (was != nil) == (self.is != nil), (wrong != nil) != (was != nil) else {
            throw ValidationError("say either WRONG RIGHT or --was WRONG --is RIGHT.")
        }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let before = try Self.time(wrong ?? was ?? "")
            let after = try Self.time(right ?? self.is ?? "")
            let shift = ClockShift(from: before, to: after)
            console.print("--clock-shift=\(shift)")
            console.print("rules:\n  - clock-shift: \"\(shift)\"")
            return .done
        }
    }

    private static func time(_ text: String) throws -> CaptureTime {
        do { return try CaptureTime(parsing: text) } catch { throw Fault(.configuration, "\(error)") }
    }
}
