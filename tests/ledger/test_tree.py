"""RFC 6962 trees against known answers and a naive recursive reading of the definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.ledger import tree

# Known answers of the certificate-transparency reference test data: the roots over its first n entries.
HEX = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ENTRIES = [bytes.fromhex(text) for text in HEX]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def naive_root(entries: list[bytes]) -> bytes:
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def leaves(count: int) -> list[bytes]:
    return [tree.leaf_hash(str(n).encode()) for n in range(count)]


@pytest.mark.parametrize("size", ROOTS)
def test_known_roots(size):
    assert tree.root_of([tree.leaf_hash(entry) for entry in ENTRIES[:size]]).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(70))
def test_every_size_agrees_with_the_definition(size):
    entries = [str(n).encode() for n in range(size)]
    assert tree.root_of([tree.leaf_hash(entry) for entry in entries]) == naive_root(entries)


@given(st.integers(1, 200), st.data())
def test_every_leaf_is_proved_and_no_other_is(size, data):
    all_leaves = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(all_leaves, index)
    root = tree.root_of(all_leaves)
    assert tree.verify_inclusion(all_leaves[index], index, size, proof, root)
    assert not tree.verify_inclusion(tree.leaf_hash(b"stranger"), index, size, proof, root)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert not tree.verify_inclusion(all_leaves[index], other, size, proof, root)


@given(st.integers(1, 200), st.data())
def test_a_longer_log_proves_that_it_kept_the_shorter(size, data):
    all_leaves = leaves(size)
    old = data.draw(st.integers(1, size))
    proof = tree.consistency_proof(all_leaves, old)
    before, after = (old, tree.root_of(all_leaves[:old])), (size, tree.root_of(all_leaves))
    assert tree.verify_consistency(before, after, proof)
    if old < size:
        forged = (old, tree.leaf_hash(b"another past"))
        assert not tree.verify_consistency(forged, after, proof)


@given(st.integers(0, 300))
def test_a_frontier_taken_up_again_goes_on_as_if_never_left(size):
    whole = tree.Frontier()
    for leaf in leaves(size):
        whole.append(leaf)
    resumed = tree.Frontier(whole.size, whole.nodes)
    for leaf in leaves(size)[:5]:
        whole.append(leaf)
        resumed.append(leaf)
    assert resumed.root() == whole.root()


def test_a_frontier_of_the_wrong_shape_is_refused():
    with pytest.raises(ValueError, match="one node for each bit"):
        tree.Frontier(3, [b""])


@pytest.mark.parametrize("index", [-1, 5])
def test_no_proof_for_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        tree.inclusion_proof(leaves(5), index)
    with pytest.raises(IndexError):
        tree.consistency_proof(leaves(5), 6)


@given(st.integers(1, 200), st.sampled_from([1, 2, 4, 8, 16, 64, 256]), st.data())
def test_a_path_from_blocks_is_the_path_over_all_leaves(count, size, data):
    all_leaves = leaves(count)
    index = data.draw(st.integers(0, count - 1))
    blocks = [all_leaves[start : start + size] for start in range(0, count, size)]
    path = tree.path_from_blocks(blocks[index // size], [tree.root_of(one) for one in blocks], index, size=size)
    assert path == tree.inclusion_proof(all_leaves, index)


def test_a_block_that_is_no_power_of_two_is_refused():
    with pytest.raises(ValueError, match="power of two"):
        tree.path_from_blocks(leaves(3), leaves(1), 0, size=3)
