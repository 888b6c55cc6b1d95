internal import ArgumentParser
internal import Planning

/// How files are named in the bucket.
struct NameArguments: ParsableArguments {
    @Option(help: ArgumentHelp("How keys write characters that Unicode writes in two ways: keep (the default) or nfc.", valueName: "form"))
    var unicode: KeyNaming.Spelling?

    @Option(help: ArgumentHelp("How keys write letters: keep (the default) or lower.", valueName: "case"))
    var keyCase: KeyNaming.LetterCase?
}
