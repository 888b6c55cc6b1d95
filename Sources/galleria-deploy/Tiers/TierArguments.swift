internal import ArgumentParser
internal import Deploy
internal import Foundation
internal import Planning
internal import Vocabulary

/// The source and the destination, and how they are reached.
struct TierArguments: ParsableArguments {
    static func usage(_ command: String) -> String {
        """
        galleria-deploy tier \(command) [<options>] SOURCE s3://BUCKET[/PREFIX]
        galleria-deploy tier \(command) [<options>] [TARGET]
        """
    }

    @Argument(help: ArgumentHelp("The source and the destination, or a target of the configuration file.", valueName: "words"))
    var words: [String] = []

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Option(help: ArgumentHelp("The file of the local state.", valueName: "file"))
    var state: String?

    @OptionGroup var bucket: BucketArguments

    func validate() throws {
        if words.count > 2 { throw ValidationError("tier takes a source and a destination, or a target.") }
    }
}

/// What is cold, and what becomes of it.
struct TierRuleArguments: ParsableArguments {
    @Option(help: ArgumentHelp("From how many days on a file is cold.", valueName: "days"))
    var coldDays = 30

    @Option(
        help: ArgumentHelp(
            "By which time: modified (the file's last change), accessed (its last reading, as exact as the file system keeps it), taken (the photo's "
                + "capture time) or stored (the object's last writing).", valueName: "time"))
    var by: TierOptions.Basis = .modified

    @Option(help: ArgumentHelp("The storage class of what is hot.", valueName: "class"))
    var hotClass = TierRule.standard

    @Option(help: ArgumentHelp("The storage class of what is cold.", valueName: "class"))
    var coldClass = "STANDARD_IA"

    @Flag(help: "Move nothing to the hot class.")
    var noPromote = false

    @Flag(help: "Move nothing to the cold class.")
    var noDemote = false

    @Flag(help: "Remove cold files from the source whose bytes the bucket proves to hold.")
    var dropLocal = false

    @Option(
        help: ArgumentHelp(
            "With --drop-local: remove only so many, the oldest first, that the source holds no more than this.", valueName: "size"))
    var localLimit: ByteSize?

    func validate() throws {
        if coldDays < 0 || coldDays > 100_000 { throw ValidationError("--cold-days takes a number of days.") }
        if localLimit != nil, !dropLocal { throw ValidationError("--local-limit goes with --drop-local.") }
        for name in [hotClass, coldClass] {
            guard !name.isEmpty, name.utf8.allSatisfy({ 65...90 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "_") }) else {
                throw ValidationError("“\(name)” is no storage class. Write one such as STANDARD_IA.")
            }
        }
    }

    var rule: TierRule {
        TierRule(coldAge: Int64(coldDays) * 86_400, hot: hotClass, cold: coldClass, promotes: !noPromote, demotes: !noDemote)
    }
}
