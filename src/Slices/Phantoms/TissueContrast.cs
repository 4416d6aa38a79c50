namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>Signal of each tissue: fat on T1 is about 0.85.</summary>
internal static class TissueContrast
{
    /// <summary>[tissues] signal under <paramref name="contrast"/>, each varied a little so that no two phantoms are alike.</summary>
    public static float[] Signals(PhantomContrast contrast, PhantomRandom random)
    {
        // Air Bone Marrow Fat Skin Muscle Fluid Gray White Vessel Dura Mucosa Gland Enhancing Necrosis Oedema Meningioma Adenoma
        float[] signals = contrast switch
        {
            PhantomContrast.T1Contrast => [0, .05f, .55f, .84f, .5f, .36f, .17f, .34f, .39f, .82f, .55f, .62f, .52f, .8f, .2f, .28f, .7f, .68f],
            PhantomContrast.T1 => [0, .05f, .55f, .84f, .5f, .36f, .15f, .36f, .46f, .2f, .2f, .4f, .42f, .4f, .22f, .32f, .38f, .38f],
            PhantomContrast.T2 => [0, .04f, .4f, .6f, .4f, .18f, .95f, .52f, .38f, .06f, .1f, .75f, .5f, .62f, .9f, .78f, .56f, .6f],
            PhantomContrast.Flair => [0, .04f, .32f, .42f, .35f, .22f, .1f, .58f, .46f, .08f, .15f, .6f, .52f, .72f, .42f, .92f, .66f, .66f],
            _ => [0, .05f, .5f, .8f, .5f, .4f, .68f, .74f, .62f, .12f, .2f, .7f, .66f, .74f, .75f, .82f, .72f, .72f],
        };
        for (var i = 0; i < signals.Length; i++)
        {
            signals[i] *= random.Between(0.92f, 1.08f);
        }

        return signals;
    }
}
