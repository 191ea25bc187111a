"""The few words that Streamlit's own controls say in English, put into the reader's language as they appear.

They are names for those who do not see the control, and the line of a list that holds nothing; Streamlit has no
setting for them. What is not found, because a newer Streamlit says it otherwise, stays as it is.
"""

import json

from dashboard.texts import Texts

# Streamlit's words as patterns, each with the name of ours; what the pattern keeps stands where ours has a $1.
NAMES = {"^Open$": "open", "^(.+) — start$": "start", "^(.+) — end$": "end", "^Shortcut (.+)$": "shortcut"}
NOTHING = "No results"

_SCRIPT = """
(function(){var names=%s,nothing=%s;
function name(e){var said=e.getAttribute("aria-label");
names.forEach(function(one){var known=new RegExp(one[0]);
if(known.test(said))e.setAttribute("aria-label",said.replace(known,one[1]))})}
function empty(e){if(e.textContent===nothing[0]&&e.firstElementChild)e.firstElementChild.textContent=nothing[1]}
function put(e){if(e.nodeType!==1)return;
if(e.matches("[aria-label]"))name(e);e.querySelectorAll("[aria-label]").forEach(name);
if(e.matches("[role=option]"))empty(e);e.querySelectorAll("[role=option]").forEach(empty)}
new MutationObserver(function(all){all.forEach(function(one){one.addedNodes.forEach(put)})})
.observe(document.documentElement,{childList:true,subtree:true})})();
"""


def script(say: Texts) -> str:
    """What a page runs from its head on, in the language of `say`."""
    words = say.group("hints")
    names = [[pattern, words[name]] for pattern, name in NAMES.items()]
    return _SCRIPT % (json.dumps(names), json.dumps([NOTHING, words["nothing"]]))
