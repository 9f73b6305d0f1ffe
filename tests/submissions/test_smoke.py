import pytest
from catalog.models import AISystem, Evaluation
from catalog.services.submissions import deciding
from catalog.services.submissions.effects import facts_after, judged
from tests.submissions.conftest import OLMO, LLAMA, sent

pytestmark = pytest.mark.django_db

@pytest.mark.parametrize("doc",[OLMO,LLAMA])
def test_all(nouns, reviewer, doc, client):
    s=sent(doc)
    before=judged(facts_after(s.document))
    eff=[c.unit for c in __import__("catalog.services.submissions.effects",fromlist=["x"]).effect_of(s).changes]
    system=deciding.accept(submission=s,units=eff,user=reviewer,role="Reviewer",revision=s.revision)
    after={e.definition_id:e for e in Evaluation.objects.filter(system=system)}
    for b in before:
        assert b.outcome==after[b.definition_id].outcome
    assert client.get(f"/systems/{system.slug}/").status_code==200
    assert client.get(f"/systems/{system.slug}/history/").status_code==200

def test_form(nouns, client):
    r=client.get("/submit/"); assert r.status_code==200
    r=client.post("/submit/",{"way":"blank"}); assert r.status_code==302, r.content
    url=r["Location"]
    for key in ("identify","components","data","people","check"):
        r=client.get(url.replace("identify",key)); assert r.status_code==200,key
    r=client.post(url,{"s-name":"Xyz","s-evidence":"nope"}); assert r.status_code==302
    r=client.get(url); assert b"nope" in r.content and b"not right yet" in r.content
    r=client.post(url,{"s-name":"Xyz","s-evidence":"https://x.org/a"}); assert r.status_code==302
    print(r["Location"])
    r=client.post(url.replace("identify","preview/identify"),{"s-name":"Xyz","s-evidence":"https://x.org/a"}); assert r.status_code==200
    r=client.get(url.replace("identify/","send/")); assert r.status_code==200
    r=client.post(url.replace("identify/","send/"),{"relation":"none","note":"hi","email":"a@b.org"}); assert r.status_code==302
    r=client.get(r["Location"]); assert r.status_code==200
    assert b"Waiting for an editor" in r.content
    for f in ("facts.json","MOF.yml"):
        assert client.get(url.replace("identify/",f)).status_code==200
