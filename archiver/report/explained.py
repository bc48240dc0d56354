"""What `archiver verify --explain` says of each check."""

from __future__ import annotations

# Of each check of `archiver verify`: what it looks at, and against what it stands.
EXPLAINED = {
    "container": "The ZIP is read entry by entry and written again from what was read; every octet "
    "must be the same. So nothing can hide before, behind or between the entries, no entry can "
    "stand twice, and a file that another program has packed again is not accepted.",
    "manifest": "datapackage.json must name every file with its size and SHA-256, and no other; "
    "its own SHA-256 is the package id. Whoever changes a file changes the id. Whoever changes "
    "the id as well is found out only by a signature, or by the id that you noted (--id).",
    "signature": "The package id is signed by the key that stands beside it (ECDSA, P-384). The id "
    "stands for every file, so the signature cannot be moved to another package. It proves that "
    "the key's holder sealed this very package. It does not prove who that is, for which you must "
    "have had the key's number from them; nor when, which only a time stamp shows; nor that what "
    "was recorded is true: a holder can record and sign lies.",
    "warc": "Every record of the web archive is read to its last octet: one form, one order of "
    "fields, every digest right, no id twice, no record that belongs to another that is not here, "
    "nothing left over. What replay tools show is what was examined here.",
    "documents": "Every JSON file must be in its one form (no key twice, no number that readers "
    "take differently) and valid by the schemas that this program ships, whatever schema the "
    "package brings along.",
    "agreement": "What capture.json says of each exchange (address, request, status, sizes, "
    "handshake, certificates, answers of name servers) is compared with the recorded octets, and "
    "its parts with each other and with what was set. Octets that no exchange accounts for are "
    "refused.",
    "handshakes": "In TLS 1.3 a server signs all that both sides have said so far, the capturer's "
    "fresh random number included. Each such signature is checked with the key of the recorded "
    "certificate; name, cipher and certificates must be those of capture.json. So the holder of "
    "that key did answer this very hello, and a chain pasted in from elsewhere is refused. Neither "
    "the page nor the time is signed: an older recording would pass. Behind a content network "
    "(CDN) the key is the network's. Who vouches for it, `openssl verify` tells. Not counted: "
    "TLS 1.2, which signs less, and signatures of a kind not known here.",
    "derivation": "Outcome, comparison, index, page list and manifests are derived again from the "
    "exhibits by the published rules, and must come out the same to the last octet. So nobody, "
    "not even whoever made the package, can write in another verdict.",
    "sidecar": "A signature beside the package, over the whole file with the signature in it: its "
    "holder vouches for the package as it is, and need not have captured it. Whoever takes the "
    "file away takes the signature away; nobody can put another's in its place.",
    "amendment": "Claims and opinion that came after the sealing stand beside the package, each "
    "in a file that is valid, signed, names this package's id and the amendment before it. What "
    "was captured and concluded they cannot change. Whoever takes the last one away leaves no gap.",
    "stamp": "A time-stamp authority has signed the SHA-256 of the whole file, with its time (RFC "
    "3161). So the file, with all that it says, was there by then and has not changed since; no "
    "clock of the person who captured can make it older. It does not show how long before that the "
    "page was seen, who captured it, or that it is right; and it is worth what the authority is: "
    "so its root must be one that you chose (archiver tsa). Nobody is asked whether its "
    "certificate was revoked; what it sent along of that (CRL, OCSP) is looked at.",
    "identity": "The package id is compared with the one that you gave. That you had it from a "
    "source other than the package is what makes this worth something.",
}
