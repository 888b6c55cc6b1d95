internal import ArgumentParser
internal import Configuration
internal import Planning
internal import Vocabulary

/// What files must be to be sent.
struct UploadRuleArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Fail files larger than this, instead of sending them.", valueName: "size"))
    var maxFileSize: ByteSize?

    @Option(
        name: .customLong("allowed-type"), parsing: .singleValue,
        help: ArgumentHelp("Fail files whose bytes are of another type, such as image/jpeg or image/*. May be repeated.", valueName: "type")
    )
    var allowedTypes: [MediaTypePattern] = []

    @Flag(help: "Fail JPEG, PNG and WebP pictures that are not whole.")
    var checkImages = false

    @Option(help: ArgumentHelp("What to do about pictures that are there twice: warn, refuse or ignore (default).", valueName: "what"))
    var duplicates: UploadRules.Duplicates?

    /// Adds what the options say.
    func fill(_ values: inout SettingValues) {
        values.maxFileSize = maxFileSize
        values.allowedTypes = allowedTypes.isEmpty ? nil : allowedTypes
        values.checkImages = checkImages ? true : nil
        values.duplicates = duplicates
    }
}
