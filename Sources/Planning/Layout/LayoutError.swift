internal import Vocabulary

/// Why a template is none. The message says what is wrong with which text, and what to write.
public enum LayoutError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A brace that is never closed, or closes nothing.
    case brace(String)
    /// Neither a preset nor a template: a word without a variable.
    case unknownPreset(String)
    /// A variable that files do not have and nothing sets; the nearest that there is.
    case unknownVariable(String, nearest: String?)
    /// A variable's format says nothing.
    case format(variable: String, String)
    /// A value that is none of the words that the template allows.
    case word(variable: String, value: String, allowed: [String])
    /// A value that cannot stand in a key.
    case value(variable: String, String)
    /// A name that cannot be set.
    case setting(String)
    /// Text between the variables that cannot stand in a key.
    case text(String)
    /// A template for paths holds what a path does not tell.
    case source(String)

    /// What is wrong, and what to write.
    public var description: String {
        switch self {
        case .brace(let text):
            "the layout “\(text.escapedForTerminal)” has a brace without its other half. Write {variable}, and {{ or }} for a brace itself."
        case .unknownPreset(let name):
            "“\(name.escapedForTerminal)” is no layout. Write a template with variables such as {name}, or one of the presets "
                + LayoutPreset.all.map(\.name).joined(separator: ", ") + "."
        case .unknownVariable(let name, let nearest):
            "the layout's {\(name.escapedForTerminal)} is nothing that a file has"
                + (nearest.map { "; did you mean {\($0)}?" } ?? ", and nothing sets it.")
                + " Say --set \(name.escapedForTerminal)=VALUE, or see galleria-deploy layout list."
        case .format(let variable, let format):
            "the layout's {\(variable)} cannot be written as “\(format.escapedForTerminal)”. "
                + "Times take yyyy, yy, MM, dd, HH, mm, ss; numbers a width such as 02; texts lower, slug or a number of characters."
        case .word(let variable, let value, let allowed):
            "\(variable) is “\(value.escapedForTerminal)”, and the layout allows \(allowed.joined(separator: ", ")) there."
        case .value(let variable, let value):
            "the value “\(value.escapedForTerminal)” of \(variable.escapedForTerminal) cannot be part of a key. "
                + "It must not be empty, “.” or “..”, and holds neither slashes nor control characters."
        case .setting(let name):
            "“\(name.escapedForTerminal)” cannot be set: it is what each file tells, or no name of letters, digits, hyphens and underscores."
        case .text(let text):
            "the layout “\(text.escapedForTerminal)” makes no good keys: it must have a variable, must neither begin nor end with a slash, and "
                + "must not hold “.” or “..” as a folder, two slashes in a row, or control characters."
        case .source(let name):
            "the template for paths holds {\(name)}, which no path tells. Use names of your own, and {dir}, {name}, {stem} or {ext}."
        }
    }
}

/// Why a file has no key under a layout.
public enum LayoutGap: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file does not have what a variable stands for.
    case missing(variable: String)
    /// Its path is not one that the template for paths describes.
    case unlikePath
    /// A word that the layout does not allow.
    case word(variable: String, value: String, allowed: [String])
    /// Nothing is left of the key, or it is too long; its length in bytes.
    case length(Int)

    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .missing(let variable):
            "has no key: the layout asks for {\(variable)}, and the file has none; give the variable a default, such as {\(variable)|none}, or "
                + "exclude the file"
        case .unlikePath: "has no key: its path is not what layout-from describes; move the file, or exclude it"
        case .word(let variable, let value, let allowed):
            "has no key: its \(variable) is “\(value.escapedForTerminal)”, and the layout allows \(allowed.joined(separator: ", ")) there"
        case .length(let count):
            "has no key: its key would be \(count) bytes long and S3 takes 1 to \(Key.maximumLength); shorten the layout or what it is made of"
        }
    }
}
