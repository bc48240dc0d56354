// The judge of our ledgers: the Go project's own code for its checksum database
// (golang.org/x/mod/sumdb). Usage: judge FOLDER, with the files that test_judge.py writes there.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error, what string) {
	if err != nil {
		fmt.Printf("refused: %s: %v\n", what, err)
		os.Exit(3)
	}
}

func read(name string) string {
	octets, err := os.ReadFile(os.Args[1] + "/" + name)
	must(err, name)
	return string(octets)
}

func hash(text string) tlog.Hash {
	var found tlog.Hash
	octets, err := base64.StdEncoding.DecodeString(text)
	must(err, "a hash")
	copy(found[:], octets)
	return found
}

// The size and root of a checkpoint that the key signed.
func checkpoint(text string, key note.Verifier) (int64, tlog.Hash) {
	opened, err := note.Open([]byte(text), note.VerifierList(key))
	must(err, "the note")
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != key.Name() {
		must(fmt.Errorf("origin %q", lines[0]), "the checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "the size")
	return size, hash(lines[2])
}

func main() {
	key, err := note.NewVerifier(strings.TrimSpace(read("vkey")))
	must(err, "the key")

	proof, signed, _ := strings.Cut(read("proof"), "\n\n")
	size, root := checkpoint(signed, key)
	lines := strings.Split(proof, "\n")
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err, "the line")
	at, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err, "the index")
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		path = append(path, hash(line))
	}
	must(tlog.CheckRecord(path, size, root, at, tlog.RecordHash(leaf)), "the proof")

	older, olderRoot := checkpoint(read("older"), key)
	head, newer, _ := strings.Cut(read("consistency"), "\n\n")
	size, root = checkpoint(newer, key)
	var tree tlog.TreeProof
	for _, line := range strings.Split(head, "\n")[1:] {
		tree = append(tree, hash(line))
	}
	must(tlog.CheckTree(tree, size, root, older, olderRoot), "the consistency")
	fmt.Printf("accepted: line %d of %d, which go on from %d\n", at, size, older)
}
