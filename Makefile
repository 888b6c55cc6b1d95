build:
	swift build -Xswiftc -warnings-as-errors
